package dev.plait.transport.grpc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A certificate that vouches for itself, and its key, both in PEM form; made by the keytool of this
 * Java.
 */
record Papers(Path certificate, Path key) {

  private static final char[] PASSWORD = "no secret".toCharArray();
  private static final String ENTRY = "entry";

  /** For a server on this machine. */
  static final Papers SERVER = make("server");

  /** For a caller. */
  static final Papers ALICE = make("alice");

  /** For a caller that nobody trusts. */
  static final Papers MALLORY = make("mallory");

  private static Papers make(String name) {
    try {
      Path folder = Files.createTempDirectory("plait-papers");
      Path store = folder.resolve("store");
      run(
          Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
          "-genkeypair",
          "-storetype",
          "PKCS12",
          "-keystore",
          store.toString(),
          "-storepass",
          new String(PASSWORD),
          "-alias",
          ENTRY,
          "-keyalg",
          "EC",
          "-groupname",
          "secp256r1",
          "-validity",
          "3650",
          "-dname",
          "CN=" + name,
          "-ext",
          "SAN=dns:localhost,ip:127.0.0.1");
      KeyStore entries = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        entries.load(in, PASSWORD);
      }
      Papers papers =
          new Papers(folder.resolve(name + "-certificate.pem"), folder.resolve(name + "-key.pem"));
      write(papers.certificate, "CERTIFICATE", entries.getCertificate(ENTRY).getEncoded());
      write(papers.key, "PRIVATE KEY", entries.getKey(ENTRY, PASSWORD).getEncoded());
      for (Path file : List.of(folder, store, papers.certificate, papers.key)) {
        file.toFile().deleteOnExit(); // the last first
      }
      return papers;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(said);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }

  private static void write(Path file, String kind, byte[] bytes) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
  }
}
