package dev.plait.cli.replay;

import java.util.Locale;

/** Where the authors of a trace keep their copies. */
enum Store {
  /** In memory only. */
  MEMORY {
    @Override
    Copies open(Participants participants) {
      return new MemoryCopies(participants);
    }
  },
  /** Each author in an SQLite file, which is opened again before the copies are compared. */
  SQLITE {
    @Override
    Copies open(Participants participants) {
      return SqliteCopies.temporary(participants);
    }
  };

  /** A place for the copies of one replay. */
  abstract Copies open(Participants participants);

  /** The name in lower case, as it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
