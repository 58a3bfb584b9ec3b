// What does not leave the festival (M-64). RSVPs need no word here: they are no documents of a programme.
import type { EventFields } from "../../../protocol/festival/schema/event.ts";
import type { ResourceFields } from "../../../protocol/festival/schema/resource.ts";
import type { MadeDocument } from "../../../protocol/festival/view.ts";

type Place = NonNullable<ResourceFields["place"]>;

/** The document as strangers may have it. */
export function stripPrivate(document: MadeDocument, hiddenKeys: ReadonlySet<string>): MadeDocument {
  switch (document.schema) {
    case "resource/1":
      return { ...document, fields: withoutExactPlace(document.fields) };
    case "event/1":
      return { ...document, fields: withoutHidden(withoutExactPlace(document.fields), hiddenKeys) };
    default:
      return document;
  }
}

function withoutExactPlace<Fields extends EventFields | ResourceFields>(fields: Fields): Fields {
  const { place, reuse } = fields;
  return place && reuse === "please-not" ? { ...fields, place: withoutGeo(place) } : fields;
}

function withoutHidden(fields: EventFields, hiddenKeys: ReadonlySet<string>): EventFields {
  const hosts = fields.hosts?.flatMap((host) => withoutKey(host, hiddenKeys) ?? []);
  return hosts === undefined ? fields : { ...fields, hosts };
}

/** A link may hold the same numbers. */
function withoutGeo({ geo: _geo, url, ...rest }: Place): Place {
  return url === undefined || /^geo:/i.test(url) ? rest : { ...rest, url };
}

type Host = NonNullable<EventFields["hosts"]>[number];

/** Nothing is left of a host who is only a key. */
function withoutKey(host: Host, hiddenKeys: ReadonlySet<string>): Host | undefined {
  if (host.key === undefined || !hiddenKeys.has(host.key)) return host;
  const { key: _key, ...named } = host;
  return named.name === undefined ? undefined : named;
}
