//! What the real crates say of bytes: no node, no network. Extensions are `p2panda::operation::Extensions`, the type of the
//! Node API itself ("node"), or p2panda-core's `()` ("none"). Signatures go through p2panda-core, hence `verify_strict`.

use std::thread;

use ciborium::Value as Cbor;
use p2panda::operation::Extensions;
use p2panda_core::cbor::{decode_cbor, encode_cbor};
use p2panda_core::{
    Body, Hash, Header, Operation, OperationError, Signature, SigningKey, VerifyingKey,
    validate_header, validate_operation,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{Answer, Failure};

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Shape {
    #[default]
    Node,
    None,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct JudgeHeader {
    hex: String,
    body_hex: Option<String>,
    #[serde(default)]
    extensions: Shape,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgeHeaders {
    items: Vec<String>,
    #[serde(default)]
    extensions: Shape,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgeSignatures {
    items: Vec<SignedMessage>,
}

#[derive(Deserialize)]
struct SignedMessage {
    key: String,
    sig: String,
    msg: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Encode {
    seed: SigningKey,
    /// The body, in hex.
    payload: Option<String>,
    seq: u32,
    backlink: Option<Hash>,
    log_id: Hash,
    /// Microseconds since 1970.
    timestamp: u64,
    #[serde(default)]
    prune: bool,
}

pub fn header(args: &JudgeHeader) -> Answer {
    let body = args.body_hex.as_ref().map(hex::decode).transpose()?;
    judge(args.extensions, &args.hex, body.as_deref())
}

/// One verdict for each item, in order; what does not decode becomes `{"error":…}`.
pub fn headers(args: &JudgeHeaders) -> Value {
    let verdicts = in_parallel(&args.items, |header| {
        judge(args.extensions, header, None)
            .unwrap_or_else(|error| json!({ "error": error.to_string() }))
    });
    json!({ "verdicts": verdicts })
}

/// One boolean for each item, in order: what is no key or no signature is not valid.
pub fn signatures(args: &JudgeSignatures) -> Value {
    let valid = in_parallel(&args.items, |item| verify(item).unwrap_or(false));
    json!({ "valid": valid })
}

pub fn encode(args: Encode) -> Answer {
    let body = args.payload.map(hex::decode).transpose()?.map(Body::from);
    // The Node API reads the clock for these; decoding is the public way to choose the time.
    let parts = encode_cbor(&(1u16, 0u16, args.log_id, args.timestamp, args.prune))?;
    let mut header = Header::<Extensions> {
        version: 1,
        verifying_key: args.seed.verifying_key(),
        signature: None,
        payload_size: body.as_ref().map_or(0, Body::size),
        payload_hash: body.as_ref().map(Body::hash),
        seq_num: args.seq,
        backlink: args.backlink,
        extensions: decode_cbor(&parts[..])?,
    };
    header.sign(&args.seed);
    Ok(json!({ "id": header.hash(), "hex": hex::encode(header.to_bytes()) }))
}

fn verify(item: &SignedMessage) -> Result<bool, Failure> {
    let key = VerifyingKey::try_from(hex::decode(&item.key)?.as_slice())?;
    let signature = Signature::try_from(hex::decode(&item.sig)?.as_slice())?;
    Ok(key.verify(&hex::decode(&item.msg)?, &signature))
}

fn judge(shape: Shape, header: &str, body: Option<&[u8]>) -> Answer {
    let bytes = hex::decode(header)?;
    match shape {
        Shape::Node => verdict::<Extensions>(&bytes, body, describe),
        Shape::None => verdict::<()>(&bytes, body, |()| Value::Null),
    }
}

fn verdict<E: p2panda_core::Extensions>(
    bytes: &[u8],
    body: Option<&[u8]>,
    describe: impl Fn(&E) -> Value,
) -> Answer {
    let header: Header<E> = decode_cbor(bytes)?;
    let canonical = header.to_bytes();
    let operation = Operation {
        hash: Hash::digest(&canonical),
        body: body.map(Body::from),
        header,
    };
    let header = &operation.header;
    // The signature is what both look at first, and what costs: it is checked once where there is no body.
    let header_error = validate_header(header).err();
    let body_error = body.and_then(|_| validate_operation(&operation).err());
    let unsigned = matches!(header_error, Some(OperationError::SignatureMismatch));
    Ok(json!({
        "id": operation.hash,
        "canonicalHex": hex::encode(&canonical),
        "canonical": canonical == bytes,
        "author": header.verifying_key,
        "payloadSize": header.payload_size,
        "payloadHash": header.payload_hash,
        "seq": header.seq_num,
        "backlink": header.backlink,
        "extensions": describe(&header.extensions),
        "validSignature": !unsigned,
        "headerError": header_error.map(|error| error.to_string()),
        "operationError": body_error.map(|error| error.to_string()),
    }))
}

fn describe(extensions: &Extensions) -> Value {
    json!({
        "version": extensions.version(),
        "variant": variant(extensions),
        "logId": extensions.log_id(),
        "timestamp": u64::from(extensions.timestamp()),
        "prune": extensions.prune_flag().is_set(),
    })
}

/// The crate keeps the code to itself, but writes it as the second item.
fn variant(extensions: &Extensions) -> Option<u16> {
    let items: Vec<Cbor> = decode_cbor(&encode_cbor(extensions).ok()?[..]).ok()?;
    items.get(1)?.as_integer()?.try_into().ok()
}

fn in_parallel<T: Sync, V: Send>(items: &[T], judge: impl Fn(&T) -> V + Sync) -> Vec<V> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = items.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let judge = &judge;
        let workers: Vec<_> = items
            .chunks(share)
            .map(|chunk| scope.spawn(move || chunk.iter().map(judge).collect::<Vec<_>>()))
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().expect("the crates do not panic over bytes"))
            .collect()
    })
}
