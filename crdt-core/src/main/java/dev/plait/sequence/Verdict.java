package dev.plait.sequence;

/** Whether an insertion that was made elsewhere can be applied. */
public enum Verdict {
  /** It can. */
  ACCEPTED,
  /** It was applied before. */
  KNOWN,
  /** Its left origin is not here. */
  NO_LEFT_ORIGIN,
  /** Its right origin is not here. */
  NO_RIGHT_ORIGIN,
  /** One of its ids stands for an element with other origins. */
  DUPLICATE_ID,
  /** Its origins can never have been neighbours. */
  ORIGINS_CROSSED,
  /** Its author had put an element of its own between its origins. */
  FORGED_SIBLING
}
