package io.dagshell.installer.compose;

import io.dagshell.engine.value.Digest;
import io.dagshell.kernel.session.Library;
import io.dagshell.magics.DefaultImports;
import io.dagshell.magics.slice.NotebookSource;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;

/** Names all that a compiled flow is made of: equal keys, equal slices but for the defaults of another day. */
final class SliceKey {

    private SliceKey() {}

    /**
     * The key.
     *
     * @param jars of the build that compiles, which are taken to be unchanged as long as size and time of each are
     * @return SHA-256, hexadecimal
     * @throws IOException a jar is not there
     */
    static String of(NotebookSource notebook, String flow, List<Library> libraries, List<Path> jars)
            throws IOException {
        MessageDigest digest = Digest.sha256();
        try (DataOutputStream out =
                new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
            text(out, System.getProperty("java.vm.vendor") + " " + Runtime.version());
            out.writeInt(jars.size());
            for (Path jar : jars) {
                text(out, jar.toString());
                out.writeLong(Files.size(jar));
                out.writeLong(Files.getLastModifiedTime(jar).toMillis());
            }
            texts(out, DefaultImports.LIST);
            texts(out, libraries.stream().map(Library::sha256).toList());
            text(out, notebook.notebook());
            text(out, flow);
            for (NotebookSource.Cell cell : notebook.cells()) {
                out.writeInt(cell.index());
                text(out, cell.text());
            }
        }
        return Digest.of(digest.digest()).hex();
    }

    private static void texts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            text(out, text);
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
