import type { Patience } from './smtp.ts'

/** How quickly the sender works; tests are quicker. */
export interface SendingPace {
  /** a message of a killed process is free after this long; longer than a delivery may take */
  leaseMs: number
  /** the first pause after trouble; it doubles */
  retryMs: number
  patience: Patience
}

export const usualPace: SendingPace = {
  leaseMs: 300_000,
  retryMs: 60_000,
  patience: { connectMs: 15_000, silentMs: 60_000, allMs: 240_000 },
}
