package dev.plait.properties.defect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles a source file with a defect, in memory, against the class path of this process. */
final class PlantedClass {
  private PlantedClass() {}

  /**
   * The classes that come of the file, by binary name.
   *
   * @throws AssertionError if it does not compile
   */
  static Map<String, byte[]> compile(Defect defect) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new AssertionError("defects can only be planted on a JDK, this is a JRE");
    }
    StringBuilder complaints = new StringBuilder();
    Map<String, ByteArrayOutputStream> compiled = new HashMap<>();
    JavaFileManager files =
        new ForwardingJavaFileManager<JavaFileManager>(
            compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
          @Override
          public JavaFileObject getJavaFileForOutput(
              Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new Output(name, compiled);
          }
        };
    boolean done =
        compiler
            .getTask(
                null,
                files,
                problem -> complaints.append(System.lineSeparator()).append(problem),
                List.of("-proc:none", "-implicit:none", "-g", "-nowarn"),
                null,
                List.of(new Source(defect)))
            .call();
    if (!done) {
      throw new AssertionError("defect \"" + defect.name() + "\" does not compile:" + complaints);
    }
    Map<String, byte[]> classes = new HashMap<>();
    compiled.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
    return classes;
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(Defect defect) {
      super(defect.source().toUri(), Kind.SOURCE);
      text = defect.planted();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Output extends SimpleJavaFileObject {
    private final String name;
    private final Map<String, ByteArrayOutputStream> compiled;

    Output(String name, Map<String, ByteArrayOutputStream> compiled) {
      super(URI.create("planted:/" + name.replace('.', '/')), Kind.CLASS);
      this.name = name;
      this.compiled = compiled;
    }

    @Override
    public OutputStream openOutputStream() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      compiled.put(name, bytes);
      return bytes;
    }
  }
}
