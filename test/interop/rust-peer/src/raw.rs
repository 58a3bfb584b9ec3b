//! The hostile side: a QUIC endpoint that speaks nothing by itself. It accepts on the ALPN of log sync (p2panda-wire.md §4.1),
//! reports frames as they come and sends the bytes it is told to, framed or not, in order or not.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;

use iroh::endpoint::{Connection, Incoming, RecvStream, SendStream, VarInt, presets};
use iroh::{Endpoint, RelayMode, SecretKey};
use p2panda_core::{Hash, SigningKey};
use p2panda_net::{DEFAULT_NETWORK_ID, NetworkId};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

use crate::{Answer, Failure, emit};

const PROTOCOL: &[u8] = b"p2panda/log_sync/v1";
/// No honest frame of a test is longer; a hostile one must not fill the memory.
const MAX_FRAME_BYTES: usize = 64 * 1024 * 1024;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Listen {
    seed: SigningKey,
    network_id: Option<Hash>,
    #[serde(default = "any_port")]
    bind: SocketAddr,
}

/// `connection` counts from 1 in the order of acceptance; without it, the newest is meant. So does `stream` in a connection.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Send {
    connection: Option<u64>,
    stream: u64,
    #[serde(with = "hex::serde")]
    hex: Vec<u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finish {
    connection: Option<u64>,
    stream: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Close {
    connection: Option<u64>,
    code: u32,
    #[serde(default)]
    reason: String,
}

pub struct Listener {
    endpoint: Endpoint,
    accepted: Arc<Mutex<Vec<Accepted>>>,
    accepting: JoinHandle<()>,
}

struct Accepted {
    connection: Connection,
    streams: HashMap<u64, SendStream>,
}

impl Listener {
    pub async fn bind(args: Listen) -> Result<Self, Failure> {
        let network_id: NetworkId = args
            .network_id
            .map_or(DEFAULT_NETWORK_ID, |id| *id.as_bytes());
        let alpn = Hash::digest([PROTOCOL, &network_id].concat());
        let endpoint = Endpoint::builder(presets::Minimal)
            .relay_mode(RelayMode::Disabled)
            .secret_key(SecretKey::from_bytes(args.seed.as_bytes()))
            .alpns(vec![alpn.as_bytes().to_vec()])
            .clear_ip_transports()
            .bind_addr(args.bind)?
            .bind()
            .await?;
        let accepted = Arc::new(Mutex::new(Vec::new()));
        let accepting = tokio::spawn(accept_all(endpoint.clone(), accepted.clone()));
        Ok(Self {
            endpoint,
            accepted,
            accepting,
        })
    }

    pub fn describe(&self) -> Value {
        json!({ "nodeId": self.endpoint.id().to_string(), "addresses": self.endpoint.bound_sockets() })
    }

    pub async fn send(&self, args: Send) -> Answer {
        let mut accepted = self.accepted.lock().await;
        let stream = stream_of(&mut accepted, args.connection, args.stream)?;
        stream.write_all(&args.hex).await?;
        Ok(json!({}))
    }

    pub async fn finish(&self, args: Finish) -> Answer {
        let mut accepted = self.accepted.lock().await;
        stream_of(&mut accepted, args.connection, args.stream)?.finish()?;
        Ok(json!({}))
    }

    pub async fn close(&self, args: Close) -> Answer {
        let mut accepted = self.accepted.lock().await;
        let connection = &connection_of(&mut accepted, args.connection)?.connection;
        connection.close(VarInt::from_u32(args.code), args.reason.as_bytes());
        Ok(json!({}))
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.accepting.abort();
        let endpoint = self.endpoint.clone();
        tokio::spawn(async move { endpoint.close().await });
    }
}

fn any_port() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 0))
}

fn connection_of(accepted: &mut [Accepted], number: Option<u64>) -> Result<&mut Accepted, Failure> {
    let found = match number {
        Some(number) => accepted.get_mut((number as usize).wrapping_sub(1)),
        None => accepted.last_mut(),
    };
    found.ok_or("No such connection".into())
}

fn stream_of(
    accepted: &mut [Accepted],
    connection: Option<u64>,
    stream: u64,
) -> Result<&mut SendStream, Failure> {
    let streams = &mut connection_of(accepted, connection)?.streams;
    streams.get_mut(&stream).ok_or("No such stream".into())
}

async fn accept_all(endpoint: Endpoint, accepted: Arc<Mutex<Vec<Accepted>>>) {
    while let Some(incoming) = endpoint.accept().await {
        tokio::spawn(accept(incoming, accepted.clone()));
    }
}

async fn accept(incoming: Incoming, accepted: Arc<Mutex<Vec<Accepted>>>) {
    let connection = match incoming.await {
        Ok(connection) => connection,
        Err(error) => return emit(&json!({ "event": "rawRefused", "error": error.to_string() })),
    };
    let number = {
        let mut accepted = accepted.lock().await;
        let streams = HashMap::new();
        accepted.push(Accepted {
            connection: connection.clone(),
            streams,
        });
        accepted.len() as u64
    };
    let remote = connection.remote_id().to_string();
    emit(&json!({ "event": "rawAccepted", "connection": number, "remote": remote }));
    for stream in 1.. {
        let Ok((send, receive)) = connection.accept_bi().await else {
            break;
        };
        if let Some(accepted) = accepted.lock().await.get_mut(number as usize - 1) {
            accepted.streams.insert(stream, send);
        }
        emit(&json!({ "event": "rawStream", "connection": number, "stream": stream }));
        tokio::spawn(read_all(receive, number, stream));
    }
    let reason = connection.closed().await.to_string();
    emit(&json!({ "event": "rawClosed", "connection": number, "reason": reason }));
}

async fn read_all(mut receive: RecvStream, connection: u64, stream: u64) {
    let ended = loop {
        match read_frame(&mut receive).await {
            Ok(frame) => emit(&json!({
                "event": "rawFrame", "connection": connection, "stream": stream, "hex": hex::encode(frame),
            })),
            Err(error) => break error.to_string(),
        }
    };
    emit(
        &json!({ "event": "rawEnded", "connection": connection, "stream": stream, "reason": ended }),
    );
}

/// A whole frame with its length before it, as it came.
async fn read_frame(receive: &mut RecvStream) -> Result<Vec<u8>, Failure> {
    let mut frame = vec![0; 4];
    receive.read_exact(&mut frame).await?;
    let length = u32::from_be_bytes([frame[0], frame[1], frame[2], frame[3]]) as usize;
    if length > MAX_FRAME_BYTES {
        return Err(format!("A frame claims {length} bytes").into());
    }
    frame.resize(4 + length, 0);
    receive.read_exact(&mut frame[4..]).await?;
    Ok(frame)
}
