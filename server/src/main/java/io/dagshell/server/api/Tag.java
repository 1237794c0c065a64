package io.dagshell.server.api;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Marks an answer with what it holds, and sends 304 without it to who has it already (RFC 9110, {@code ETag} and
 * {@code If-None-Match}). The mark is weak: the same answer may be sent compressed. Stateless.
 */
public final class Tag {
    private static final int BYTES = 16;

    private Tag() {}

    /** To be called when a GET has its result; one that is a stream of a file stays as it is. */
    public static void mark(Context request) {
        if (request.statusCode() != 200 || !(request.resultInputStream() instanceof ByteArrayInputStream result)) {
            return;
        }
        String tag = "W/\"" + digest(result) + "\"";
        request.header(Header.ETAG, tag);
        if (has(request, tag)) {
            request.status(304);
            request.result(InputStream.nullInputStream());
        }
    }

    private static boolean has(Context request, String tag) {
        String known = Optional.ofNullable(request.header(Header.IF_NONE_MATCH)).orElse("");
        return Arrays.stream(known.split(","))
                .map(String::strip)
                .anyMatch(each -> each.equals("*") || weak(each).equals(tag));
    }

    private static String weak(String tag) {
        return tag.startsWith("W/") ? tag : "W/" + tag;
    }

    private static String digest(ByteArrayInputStream content) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            content.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
            content.reset();
            return HexFormat.of().formatHex(sha256.digest(), 0, BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256.", impossible);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
