// The reference store keeps the contract.
import { MemoryStore } from "../../../sync/store/memory.ts";
import { storeContract } from "../../contract/store-contract.ts";

storeContract("the memory store", async (_t, onCommit) => new MemoryStore(onCommit ? { onCommit } : {}));
