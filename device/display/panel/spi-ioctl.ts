// Structs and numbers of spidev (linux/spi/spidev.h), as bytes. Pure.

export const SPI_IOC_WR_MODE = 0x4001_6b01;
export const SPI_IOC_WR_BITS_PER_WORD = 0x4001_6b03;
export const SPI_IOC_WR_MAX_SPEED_HZ = 0x4004_6b04;
/** SPI_IOC_MESSAGE for one transfer. */
export const SPI_IOC_MESSAGE_1 = 0x4020_6b00;

/** Mode 0: the clock rests low, bits are read as it rises. What every panel we know wants. */
export const SPI_MODE_0 = 0;
/** The controller leaves CS alone: a GPIO line of ours is one. */
export const SPI_NO_CS = 0x40;
export const BITS_PER_WORD = 8;

const TRANSFER_BYTES = 32;

export interface TransferFields {
  /** Addresses; 0 for none. */
  readonly sendAt: bigint;
  readonly receiveAt: bigint;
  readonly length: number;
  readonly speedHz: number;
  /** At the end of a message: the chip stays selected until the next one. */
  readonly keepSelected: boolean;
}

export function encodeTransfer({ sendAt, receiveAt, length, speedHz, keepSelected }: TransferFields): Uint8Array {
  const transfer = Buffer.alloc(TRANSFER_BYTES);
  transfer.writeBigUInt64LE(sendAt, 0);
  transfer.writeBigUInt64LE(receiveAt, 8);
  transfer.writeUInt32LE(length, 16);
  transfer.writeUInt32LE(speedHz, 20);
  transfer.writeUInt8(BITS_PER_WORD, 26);
  transfer.writeUInt8(keepSelected ? 1 : 0, 27);
  return transfer;
}

/** What is written to SPI_IOC_WR_MAX_SPEED_HZ. */
export function word32(value: number): Uint8Array {
  return new Uint8Array(new Uint32Array([value]).buffer);
}
