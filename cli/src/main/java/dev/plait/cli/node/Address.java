package dev.plait.cli.node;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A host and a port, as {@code HOST:PORT}; an IPv6 address stands in brackets.
 *
 * @param host a name or an address, without brackets
 * @param port 0 to 65535
 */
public record Address(String host, int port) {

  /**
   * Reads {@code HOST:PORT}.
   *
   * @throws IllegalArgumentException if it is anything else; the message says what is expected
   */
  public static Address parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    String port = text.substring(colon + 1);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      host = "";
    }
    if (host.isEmpty() || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 0xffff) {
      throw new IllegalArgumentException(
          "'" + text + "' is no address; it takes HOST:PORT, such as localhost:7401 or [::1]:7401");
    }
    return new Address(host, Integer.parseInt(port));
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  /** Reads addresses from the command line. */
  public static final class Converter implements ITypeConverter<Address> {
    /** For picocli. */
    public Converter() {}

    @Override
    public Address convert(String text) {
      try {
        return parse(text);
      } catch (IllegalArgumentException wrong) {
        throw new TypeConversionException(String.valueOf(wrong.getMessage()));
      }
    }
  }
}
