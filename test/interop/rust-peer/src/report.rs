//! What a topic stream of the Node API says, as event lines: operations, failures, and the sessions that brought them.

use ciborium::Value as Cbor;
use futures_util::StreamExt;
use p2panda::operation::{Extensions, Header, LogId};
use p2panda::processor::Event;
use p2panda::streams::{Source, StreamEvent, StreamSubscription};
use p2panda_core::Topic;
use p2panda_core::traits::Digest;
use serde_json::{Value, json};

use crate::{emit, festival};

pub async fn report(mut subscription: StreamSubscription<Cbor>, topic: Topic, bodies: bool) {
    while let Some(event) = subscription.next().await {
        if let Some(mut line) = line_of(event, bodies) {
            line["topic"] = json!(topic);
            emit(&line);
        }
    }
}

fn line_of(event: StreamEvent<Cbor>, bodies: bool) -> Option<Value> {
    match event {
        StreamEvent::Processed { operation, source } => {
            let mut line = operation_line("operation", operation.processed(), bodies);
            line["source"] = source_of(&source);
            Some(line)
        }
        StreamEvent::ProcessingFailed {
            event,
            error,
            source,
        } => {
            let mut line = failure("processing", &event, &error, bodies);
            line["source"] = source_of(&source);
            Some(line)
        }
        StreamEvent::DecodeFailed { event, error } => {
            Some(failure("decode", &event, &error, bodies))
        }
        StreamEvent::AckFailed { event, error } => Some(failure("ack", &event, &error, bodies)),
        StreamEvent::ReplayFailed { error } => {
            Some(json!({ "event": "failed", "stage": "replay", "error": error.to_string() }))
        }
        StreamEvent::ReplayStarted { total_operations } => {
            Some(json!({ "event": "replayStarted", "operations": total_operations }))
        }
        StreamEvent::ReplayEnded => Some(json!({ "event": "replayEnded" })),
        sync @ (StreamEvent::SyncStarted { .. } | StreamEvent::SyncEnded { .. }) => sync_line(sync),
        StreamEvent::ImportStarted { .. } | StreamEvent::ImportEnded { .. } => None,
    }
}

fn sync_line(event: StreamEvent<Cbor>) -> Option<Value> {
    match event {
        StreamEvent::SyncStarted {
            remote_node_id,
            session_id,
            incoming_operations,
            outgoing_operations,
            ..
        } => Some(json!({
            "event": "syncStarted", "remote": remote_node_id, "session": session_id,
            "incoming": incoming_operations, "outgoing": outgoing_operations,
        })),
        StreamEvent::SyncEnded {
            remote_node_id,
            session_id,
            sent_operations,
            received_operations,
            error,
            ..
        } => Some(json!({
            "event": "syncEnded", "remote": remote_node_id, "session": session_id,
            "received": received_operations, "sent": sent_operations,
            "error": error.map(|error| error.to_string()),
        })),
        _ => None,
    }
}

fn operation_line(name: &str, event: &Event<LogId, Extensions, Topic>, bodies: bool) -> Value {
    let header: &Header = event.header();
    let mut line = json!({
        "event": name,
        "id": event.hash(),
        "author": header.verifying_key,
        "seq": header.seq_num,
        "timestamp": u64::from(header.extensions.timestamp()),
        "prune": header.extensions.prune_flag().is_set(),
    });
    if let (true, Some(body)) = (bodies, event.body()) {
        line["bodyHex"] = json!(hex::encode(body.as_bytes()));
        line["festival"] = json!(festival::read(body.as_bytes()));
    }
    line
}

fn failure(
    stage: &str,
    event: &Event<LogId, Extensions, Topic>,
    error: &impl ToString,
    bodies: bool,
) -> Value {
    let mut line = operation_line("failed", event, bodies);
    line["stage"] = json!(stage);
    line["error"] = json!(error.to_string());
    line
}

fn source_of(source: &Source) -> Value {
    match source {
        Source::SyncSession {
            remote_node_id,
            session_id,
            phase,
            ..
        } => json!({
            "remote": remote_node_id, "session": session_id, "phase": format!("{phase:?}").to_lowercase(),
        }),
        Source::ExternalStream { session_id } => json!({ "import": session_id }),
        Source::LocalStore => json!("local"),
    }
}
