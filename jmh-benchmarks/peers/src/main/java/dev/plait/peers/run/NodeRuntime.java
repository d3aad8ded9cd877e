package dev.plait.peers.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Node, with the libraries that run on it. */
public final class NodeRuntime {
  private static final int LEAST_MAJOR = 20;

  private final Path folder;

  /**
   * The runtime.
   *
   * @param folder with the package.json of the libraries
   */
  public NodeRuntime(Path folder) {
    this.folder = folder;
  }

  /** What it says of its version; null if there is no Node. */
  public @Nullable String version() throws InterruptedException {
    try {
      Process process = new ProcessBuilder("node", "--version").start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? said.strip() : null;
    } catch (IOException e) {
      return null; // no such program
    }
  }

  /** Fetches the libraries if they are not there; why they can't be used, or null. */
  public @Nullable String prepare() throws InterruptedException {
    String version = version();
    if (version == null) {
      return "there is no node on the path";
    }
    if (Integer.parseInt(version.replaceAll("^v|\\..*", "")) < LEAST_MAJOR) {
      return "node " + version + " is older than " + LEAST_MAJOR;
    }
    if (!Files.isRegularFile(folder.resolve("package-lock.json"))) {
      return folder + " has no package-lock.json";
    }
    if (Files.isDirectory(folder.resolve("node_modules"))) {
      return null;
    }
    try {
      int code =
          new ProcessBuilder(List.of("npm", "ci", "--no-audit", "--no-fund"))
              .directory(folder.toFile())
              .inheritIO()
              .start()
              .waitFor();
      return code == 0 ? null : "npm ci failed in " + folder;
    } catch (IOException e) {
      return "there is no npm on the path";
    }
  }
}
