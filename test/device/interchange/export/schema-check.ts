// The schemas of schedule files, asked through programs that are not ours: xmllint and ajv.
import { spawnSync } from "node:child_process";
import { Ajv } from "ajv";
import draft06 from "ajv/dist/refs/json-schema-draft-06.json" with { type: "json" };
import { sharedJson, sharedPath } from "../../../support/shared-data.ts";

const XSD = "data/schedules/voc-schedule.xml.xsd";
const JSON_SCHEMA = "data/schedules/voc-schedule-v1.schema.json";
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})$/;

export const SCHEMAS = [XSD, JSON_SCHEMA];

/** Options for `test`. */
export function needsXmllint(): { skip: string | false } {
  const found = spawnSync("xmllint", ["--version"]).error === undefined;
  return { skip: found ? false : "needs xmllint: install libxml2-utils" };
}

/** What xmllint has to say; empty for a valid schedule.xml. */
export function xsdFaults(xml: Uint8Array): string {
  const { status, stderr } = spawnSync("xmllint", ["--noout", "--huge", "--schema", sharedPath(XSD), "-"], {
    input: xml,
  });
  return status === 0 ? "" : stderr.toString().slice(0, 1000);
}

/** What ajv has to say; empty for valid schedule JSON of version 1. */
export function jsonFaults(json: string): string {
  const ajv = new Ajv({ strict: false, formats: FORMATS });
  ajv.addMetaSchema(draft06);
  const validate = ajv.compile(sharedJson<object>(JSON_SCHEMA));
  return validate(JSON.parse(json)) ? "" : ajv.errorsText(validate.errors);
}

const FORMATS = {
  date: /^\d{4}-\d{2}-\d{2}$/,
  "date-time": (text: string) => DATE_TIME.test(text) && !Number.isNaN(Date.parse(text)),
  uuid: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  uri: (text: string) => /^[\x21-\x7e]+$/.test(text) && !/[[\]<>"{}|\\^`]/.test(text) && URL.canParse(text),
  color: true as const,
};
