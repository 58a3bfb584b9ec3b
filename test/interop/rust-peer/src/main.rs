//! A p2panda 0.7 peer on the published crates, for the interoperability tests of test/interop. It reads one JSON command per
//! line from stdin and answers each with one line on stdout, in order: `{"id":1,"ok":…}` or `{"id":1,"error":"…"}`. What
//! nobody asked for comes as lines `{"event":"…",…}`. It ends with stdin.

mod body;
mod festival;
mod node;
mod oracle;
mod raw;
mod report;

use std::io::Write;

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tracing_subscriber::EnvFilter;

type Failure = Box<dyn std::error::Error + Send + Sync>;
type Answer = Result<Value, Failure>;

#[derive(Deserialize)]
#[serde(tag = "cmd", rename_all = "camelCase")]
enum Command {
    Spawn(node::Spawn),
    Subscribe(node::Subscribe),
    Unsubscribe(node::OfTopic),
    Publish(node::Publish),
    PublishValue(node::PublishValue),
    FestivalEvent(node::FestivalEvent),
    Prune(node::Prune),
    Heights(node::OfTopic),
    AddPeer(node::AddPeer),
    Close,
    DecodeFestival(festival::Decode),
    Header(oracle::JudgeHeader),
    Headers(oracle::JudgeHeaders),
    Signatures(oracle::JudgeSignatures),
    Encode(oracle::Encode),
    RawListen(raw::Listen),
    RawSend(raw::Send),
    RawFinish(raw::Finish),
    RawClose(raw::Close),
}

#[derive(Default)]
struct Peer {
    node: Option<node::RunningNode>,
    listener: Option<raw::Listener>,
}

impl Peer {
    async fn run(&mut self, command: Command) -> Answer {
        match command {
            Command::Spawn(args) => {
                let node = node::RunningNode::spawn(args).await?;
                let answer = node.describe();
                self.node = Some(node);
                Ok(answer)
            }
            Command::Subscribe(args) => self.node()?.subscribe(args).await,
            Command::Unsubscribe(args) => self.node()?.unsubscribe(args),
            Command::Publish(args) => self.node()?.publish(args).await,
            Command::PublishValue(args) => self.node()?.publish_value(args).await,
            Command::FestivalEvent(args) => self.node()?.festival_event(args).await,
            Command::Prune(args) => self.node()?.prune(args).await,
            Command::Heights(args) => self.node()?.heights(args).await,
            Command::AddPeer(args) => self.node()?.add_peer(args).await,
            Command::Close => {
                self.node = None;
                self.listener = None;
                Ok(json!({}))
            }
            Command::DecodeFestival(args) => {
                Ok(json!({ "festival": festival::read(&args.body_hex) }))
            }
            Command::Header(args) => oracle::header(&args),
            Command::Headers(args) => Ok(oracle::headers(&args)),
            Command::Signatures(args) => Ok(oracle::signatures(&args)),
            Command::Encode(args) => oracle::encode(args),
            Command::RawListen(args) => {
                let listener = raw::Listener::bind(args).await?;
                let answer = listener.describe();
                self.listener = Some(listener);
                Ok(answer)
            }
            Command::RawSend(args) => self.listener()?.send(args).await,
            Command::RawFinish(args) => self.listener()?.finish(args).await,
            Command::RawClose(args) => self.listener()?.close(args).await,
        }
    }

    fn node(&mut self) -> Result<&mut node::RunningNode, Failure> {
        self.node.as_mut().ok_or("No node: spawn one first".into())
    }

    fn listener(&self) -> Result<&raw::Listener, Failure> {
        self.listener
            .as_ref()
            .ok_or("No raw listener: ask for rawListen first".into())
    }
}

/// Writes one line to stdout, whole, whichever task calls it.
fn emit(line: &Value) {
    // Whoever no longer reads has no use for a complaint either.
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// RUST_LOG chooses what the crates say of themselves; without it, errors alone.
fn log_to_stderr() {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(EnvFilter::from_default_env())
        .init();
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    log_to_stderr();
    let mut peer = Peer::default();
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    while let Some(line) = lines.next_line().await? {
        let mut request: Value = serde_json::from_str(&line)?;
        let id = request
            .as_object_mut()
            .and_then(|fields| fields.remove("id"));
        let answer = match Command::deserialize(request) {
            Ok(command) => peer.run(command).await,
            Err(error) => Err(error.into()),
        };
        emit(&match answer {
            Ok(ok) => json!({ "id": id, "ok": ok }),
            Err(error) => json!({ "id": id, "error": error.to_string() }),
        });
    }
    Ok(())
}
