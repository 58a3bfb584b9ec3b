//! One node of p2panda's Node API with its topic streams; report.rs tells what comes out of them. The API hides its address
//! book and its store, so the node gets a connection pool that we keep: peers are added, and heights read, through
//! p2panda-store on that same pool.

use std::collections::{BTreeMap, HashMap};
use std::io::ErrorKind;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6, UdpSocket};

use ciborium::Value as Cbor;
use p2panda::Node;
use p2panda::network::MdnsDiscoveryMode;
use p2panda::operation::{LogId, Operation};
use p2panda::streams::{PublishFuture, StreamFrom, StreamPublisher};
use p2panda_core::{Hash, SeqNum, SigningKey, Topic, VerifyingKey};
use p2panda_net::addrs::{NodeInfo, TrustedTransportInfo};
use p2panda_net::iroh_endpoint::EndpointAddr;
use p2panda_net::utils::from_verifying_key;
use p2panda_net::{DEFAULT_NETWORK_ID, NodeId};
use p2panda_store::address_book::AddressBookStore;
use p2panda_store::logs::LogStore;
use p2panda_store::topics::TopicStore;
use p2panda_store::{SqliteStore, SqliteStoreBuilder, tx};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::festival::Happening;
use crate::report::report;
use crate::{Answer, Failure, body, festival};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Spawn {
    seed: SigningKey,
    #[serde(default = "any_port_v4")]
    bind: SocketAddrV4,
    /// The Node API always binds IPv6 as well.
    #[serde(default = "any_port_v6")]
    bind6: SocketAddrV6,
    network_id: Option<Hash>,
    /// Path of a file; in memory without it.
    database: Option<String>,
    #[serde(default)]
    mdns: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfTopic {
    topic: Topic,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Subscribe {
    topic: Topic,
    /// Also what was acknowledged before.
    #[serde(default)]
    from_start: bool,
    /// Whether events carry bodies.
    #[serde(default = "yes")]
    bodies: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publish {
    topic: Topic,
    count: u32,
    bytes: usize,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PublishValue {
    topic: Topic,
    value_json: Option<Value>,
    cbor_hex: Option<String>,
}

#[derive(Deserialize)]
pub struct FestivalEvent {
    topic: Topic,
    #[serde(flatten)]
    happening: Happening,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prune {
    topic: Topic,
    message: Option<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AddPeer {
    node_id: NodeId,
    address: SocketAddr,
}

pub struct RunningNode {
    node: Node,
    addresses: [SocketAddr; 2],
    store: SqliteStore,
    streams: HashMap<Topic, OpenStream>,
}

struct OpenStream {
    publisher: StreamPublisher<Cbor>,
    reporting: JoinHandle<()>,
}

impl RunningNode {
    pub async fn spawn(args: Spawn) -> Result<Self, Failure> {
        let store = match &args.database {
            Some(path) => SqliteStoreBuilder::new().database_url(&format!("sqlite://{path}")),
            None => SqliteStoreBuilder::memory(),
        }
        .build()
        .await?;
        let v4 = free_port(args.bind.into())?;
        let v6 = free_port(args.bind6.into())?;
        let node = p2panda::builder()
            .signing_key(args.seed)
            .database_pool(store.pool().clone())
            .network_id(
                args.network_id
                    .map_or(DEFAULT_NETWORK_ID, |id| *id.as_bytes()),
            )
            .mdns_mode(if args.mdns {
                MdnsDiscoveryMode::Active
            } else {
                MdnsDiscoveryMode::Disabled
            })
            .bind_ip_v4(*args.bind.ip())
            .bind_port_v4(v4.port())
            .bind_ip_v6(*args.bind6.ip())
            .bind_port_v6(v6.port())
            .spawn()
            .await?;
        must_be_taken(v4)?;
        Ok(Self {
            node,
            addresses: [v4, v6],
            store,
            streams: HashMap::new(),
        })
    }

    pub fn describe(&self) -> Value {
        json!({ "nodeId": self.node.id(), "addresses": self.addresses })
    }

    pub async fn subscribe(&mut self, args: Subscribe) -> Answer {
        let from = if args.from_start {
            StreamFrom::Start
        } else {
            StreamFrom::Frontier
        };
        let (publisher, subscription) = self.node.stream_from::<Cbor>(args.topic, from).await?;
        let reporting = tokio::spawn(report(subscription, args.topic, args.bodies));
        self.streams.insert(
            args.topic,
            OpenStream {
                publisher,
                reporting,
            },
        );
        Ok(json!({ "logId": LogId::from_topic(args.topic) }))
    }

    /// Without either half of its stream the node closes the topic's sessions.
    pub fn unsubscribe(&mut self, args: OfTopic) -> Answer {
        let removed = self.streams.remove(&args.topic);
        Ok(json!({ "wasOpen": removed.is_some() }))
    }

    pub async fn publish(&self, args: Publish) -> Answer {
        let publisher = self.publisher(args.topic)?;
        let mut published = Vec::new();
        for number in 0..args.count {
            published.push(publisher.publish(body::filler(number, args.bytes)).await?);
        }
        processed(published).await
    }

    pub async fn publish_value(&self, args: PublishValue) -> Answer {
        let value = match (args.value_json, args.cbor_hex) {
            (Some(json), None) => body::from_json(&json)?,
            (None, Some(hex)) => body::from_cbor(&hex::decode(hex)?)?,
            _ => return Err("Give either valueJson or cborHex".into()),
        };
        processed(vec![self.publisher(args.topic)?.publish(value).await?]).await
    }

    pub async fn festival_event(&self, args: FestivalEvent) -> Answer {
        let value = festival::create_event(args.happening)?;
        processed(vec![self.publisher(args.topic)?.publish(value).await?]).await
    }

    pub async fn prune(&self, args: Prune) -> Answer {
        let message = args.message.as_ref().map(body::from_json).transpose()?;
        processed(vec![self.publisher(args.topic)?.prune(message).await?]).await
    }

    /// What is stored, log by log. Bodies are read along, so this is no call for a tight loop.
    pub async fn heights(&self, args: OfTopic) -> Answer {
        let logs: BTreeMap<VerifyingKey, Vec<LogId>> = self.store.resolve(&args.topic).await?;
        let mut heights = Vec::new();
        for (author, log_ids) in logs {
            for log_id in log_ids {
                let entries: Option<Vec<(Operation, _)>> = self
                    .store
                    .get_log_entries(&author, &log_id, None, None)
                    .await?;
                let seqs: Vec<SeqNum> = entries
                    .iter()
                    .flatten()
                    .map(|(entry, _)| entry.header.seq_num)
                    .collect();
                heights.push(json!({
                    "author": author,
                    "logId": log_id,
                    "lowest": seqs.iter().min(),
                    "highest": seqs.iter().max(),
                    "count": seqs.len(),
                }));
            }
        }
        Ok(json!({ "logs": heights }))
    }

    /// Discovery dials the peer, learns its topics, and gossip then starts the sync sessions (p2panda-wire.md §4.7).
    pub async fn add_peer(&self, args: AddPeer) -> Answer {
        let address =
            EndpointAddr::new(from_verifying_key(args.node_id)).with_ip_addr(args.address);
        let mut info = NodeInfo::new(args.node_id).bootstrap();
        info.update_transports(TrustedTransportInfo::from(address).into())?;
        let inserted = tx!(self.store, self.store.insert_node_info(info).await?);
        Ok(json!({ "inserted": inserted }))
    }

    fn publisher(&self, topic: Topic) -> Result<&StreamPublisher<Cbor>, Failure> {
        let stream = self
            .streams
            .get(&topic)
            .ok_or("Subscribe to the topic first")?;
        Ok(&stream.publisher)
    }
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        self.reporting.abort();
    }
}

fn yes() -> bool {
    true
}

fn any_port_v4() -> SocketAddrV4 {
    SocketAddrV4::new(Ipv4Addr::LOCALHOST, 0)
}

fn any_port_v6() -> SocketAddrV6 {
    SocketAddrV6::new(Ipv6Addr::LOCALHOST, 0, 0, 0)
}

/// The Node API tells nobody which port it got, so it is given a number.
fn free_port(address: SocketAddr) -> Result<SocketAddr, Failure> {
    Ok(UdpSocket::bind(address)?.local_addr()?)
}

fn must_be_taken(address: SocketAddr) -> Result<(), Failure> {
    match UdpSocket::bind(address) {
        Err(error) if error.kind() == ErrorKind::AddrInUse => Ok(()),
        _ => Err(format!("The node does not listen on {address}").into()),
    }
}

/// Waits until the node's own pipeline has stored what was published.
async fn processed(published: Vec<PublishFuture>) -> Answer {
    let mut ids = Vec::new();
    let mut seqs = Vec::new();
    for publishing in published {
        ids.push(publishing.hash());
        let event = publishing.await?;
        if let Some(error) = event.failure_reason() {
            return Err(error.into());
        }
        seqs.push(event.header().seq_num);
    }
    Ok(json!({ "ids": ids, "firstSeq": seqs.first(), "lastSeq": seqs.last() }))
}
