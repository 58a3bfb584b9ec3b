//! Bodies as CBOR values with the one encoding that SPEC.md §7.2 wants: sorted keys, shortest heads (which ciborium writes
//! anyway). Nothing is refused here: an interoperability test may want to publish what we must refuse.

use ciborium::Value;
use p2panda_core::cbor::{decode_cbor, encode_cbor};

use crate::Failure;

/// The map keys of JSON come in any order; those of a body are sorted by their encodings.
pub fn from_json(json: &serde_json::Value) -> Result<Value, Failure> {
    Ok(sorted(Value::serialized(json)?))
}

/// Keeps the order of keys, so bytes that are canonical in the other respects come out as they went in.
pub fn from_cbor(bytes: &[u8]) -> Result<Value, Failure> {
    Ok(decode_cbor(bytes)?)
}

/// A text of this many bytes, with a number to tell one operation from the next.
pub fn filler(number: u32, bytes: usize) -> Value {
    let mut text = format!("operation {number} ");
    while text.len() < bytes {
        text.push('.');
    }
    text.truncate(bytes);
    Value::Text(text)
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        Value::Map(entries) => {
            let mut entries: Vec<_> = entries
                .into_iter()
                .map(|(key, value)| (key, sorted(value)))
                .collect();
            // Text keys always encode.
            entries.sort_by_cached_key(|(key, _)| encode_cbor(key).unwrap_or_default());
            Value::Map(entries)
        }
        scalar => scalar,
    }
}
