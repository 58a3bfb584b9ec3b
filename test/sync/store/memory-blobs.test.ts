// The reference store of blobs keeps the contract.
import { MemoryBlobs } from "../../../sync/store/memory-blobs.ts";
import { blobContract } from "../../contract/blob-contract.ts";

blobContract("the memory store of blobs", () => new MemoryBlobs());
