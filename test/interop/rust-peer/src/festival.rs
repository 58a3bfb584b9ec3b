//! The few fields of a festival's bodies (protocol/SPEC.md §7–8) that a stranger needs to write and read an event, as an
//! independent reading of that text. Keys stand in the order in which SPEC.md §7.2 sorts them: short ones first.

use ciborium::Value;
use p2panda_core::cbor::decode_cbor;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::Failure;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Decode {
    #[serde(with = "hex::serde")]
    pub body_hex: Vec<u8>,
}

/// What a person says of an event; times in seconds since 1970.
#[derive(Deserialize)]
pub struct Happening {
    pub title: String,
    pub start: u64,
    pub end: Option<u64>,
    pub tz: String,
    pub place: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Body {
    a: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    d: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    f: Option<Fields>,
    #[serde(skip_serializing_if = "Option::is_none")]
    k: Option<String>,
    s: String,
}

#[derive(Serialize, Deserialize)]
struct Fields {
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<When>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct When {
    m: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    tz: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<u64>,
}

#[derive(Serialize, Deserialize)]
struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// The body that creates an event.
pub fn create_event(happening: Happening) -> Result<Value, Failure> {
    let Happening {
        title,
        start,
        end,
        tz,
        place,
    } = happening;
    let when = When {
        m: "exact".into(),
        tz: Some(tz),
        end,
        start: Some(start),
    };
    let fields = Fields {
        note: None,
        when: Some(when),
        place: place.map(|text| Place { text: Some(text) }),
        title: Some(title),
        status: None,
    };
    let body = Body {
        a: "create".into(),
        d: None,
        f: Some(fields),
        k: None,
        s: "event/1".into(),
    };
    Ok(Value::serialized(&body)?)
}

/// What a body says, flat, or nothing where it is not one of ours.
pub fn read(bytes: &[u8]) -> Option<serde_json::Value> {
    let body: Body = decode_cbor(bytes).ok()?;
    let fields = body.f;
    let when = fields.as_ref().and_then(|fields| fields.when.as_ref());
    Some(json!({
        "schema": body.s,
        "action": body.a,
        "document": body.d,
        "key": body.k,
        "title": fields.as_ref().and_then(|fields| fields.title.as_ref()),
        "start": when.and_then(|when| when.start),
        "end": when.and_then(|when| when.end),
        "tz": when.and_then(|when| when.tz.as_ref()),
        "place": fields.as_ref().and_then(|fields| fields.place.as_ref()?.text.as_ref()),
        "status": fields.as_ref().and_then(|fields| fields.status.as_ref()),
        "note": fields.as_ref().and_then(|fields| fields.note.as_ref()),
    }))
}
