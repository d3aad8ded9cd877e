package dev.plait.sequence;

/**
 * Which neighbours are one thing, like the halves of a surrogate pair: when either is deleted, or
 * something gets between them, both are deleted.
 */
public interface Glue {
  /** Nothing is glued. */
  Glue NONE =
      new Glue() {
        @Override
        public boolean isPossible() {
          return false;
        }

        @Override
        public boolean isGlued(int element, int next) {
          return false;
        }
      };

  /** Whether any elements may be glued at all; asked before each edit. */
  boolean isPossible();

  /** Whether two visible elements that stand side by side are one thing. */
  boolean isGlued(int element, int next);
}
