package dev.plait.transport.grpc;

import dev.plait.transport.TransportException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How ends show who they are. */
final class Credentials {

  private static final String BEARER = "Bearer ";

  private Credentials() {}

  static TransportException unusable(Exception broken, @Nullable Path... files) {
    return new TransportException(
        TransportException.INVALID_CREDENTIALS,
        "one of the files "
            + Arrays.stream(files)
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .collect(Collectors.joining(", "))
            + " can't be used ("
            + broken.getMessage()
            + "); allowed are certificates, and PKCS #8 keys without a password, in PEM form",
        broken);
  }

  /** What stands in the header for a token. */
  static String bearer(String token) {
    if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new TransportException(
          TransportException.INVALID_CREDENTIALS,
          "the token can't be sent; allowed are visible ASCII characters");
    }
    return BEARER + token;
  }

  /** The token in a header, or null if there is none. */
  static @Nullable String token(@Nullable String header) {
    if (header == null
        || !header.toLowerCase(Locale.ROOT).startsWith(BEARER.toLowerCase(Locale.ROOT))) {
      return null;
    }
    return header.substring(BEARER.length());
  }
}
