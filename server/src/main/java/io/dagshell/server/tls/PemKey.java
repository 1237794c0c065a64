package io.dagshell.server.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key in a PEM file, as the usual tools write it: PKCS#8 ({@code BEGIN PRIVATE KEY}), which the JDK reads, and
 * what OpenSSL wrote before, {@code BEGIN RSA PRIVATE KEY} (RFC 8017) and {@code BEGIN EC PRIVATE KEY} (RFC 5915), which
 * are put into PKCS#8 (RFC 5958) here. Stateless.
 */
final class PemKey {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ((?:[A-Z]+ )?PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final List<String> ALGORITHMS = List.of("RSA", "EC");
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int PARAMETERS = 0xA0;
    private static final byte[] VERSION = HexFormat.of().parseHex("020100");

    /** rsaEncryption and its empty parameters. */
    private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");

    /** id-ecPublicKey; the curve comes after it. */
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private PemKey() {}

    /** @throws IOException there is no such file, or no key in it that can be used; says what to do */
    static PrivateKey read(Path file) throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!block.find()) {
            throw new IOException("There is no private key in " + file
                    + ": it is a PEM file with a part that begins with -----BEGIN PRIVATE KEY-----.");
        }
        String kind = block.group(1);
        if (kind.startsWith("ENCRYPTED") || block.group(2).contains("ENCRYPTED")) {
            throw new IOException("The key in " + file + " has a password. Write it without one, readable by the"
                    + " server's user only: openssl pkey -in " + file + " -out FILE");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            return key(
                    switch (kind) {
                        case "RSA PRIVATE KEY" -> wrapped(RSA, der);
                        case "EC PRIVATE KEY" -> wrapped(joined(EC, curve(der)), der);
                        default -> der;
                    });
        } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException unknown) {
            throw new IOException(
                    "The key in " + file + " is neither an RSA key nor one of an elliptic curve that this JDK knows.",
                    unknown);
        }
    }

    private static PrivateKey key(byte[] der) throws GeneralSecurityException {
        GeneralSecurityException last = new GeneralSecurityException("No algorithm.");
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (GeneralSecurityException other) {
                last = other;
            }
        }
        throw last;
    }

    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, joined(joined(VERSION, element(SEQUENCE, algorithm)), element(OCTETS, key)));
    }

    /** SEQUENCE { version, privateKey OCTET STRING, [0] curve, [1] publicKey }: what {@code [0]} holds. */
    private static byte[] curve(byte[] key) {
        int at = content(key, 0);
        while ((key[at] & 0xFF) != PARAMETERS) {
            at = content(key, at) + length(key, at);
        }
        int from = content(key, at);
        return Arrays.copyOfRange(key, from, from + length(key, at));
    }

    private static int content(byte[] der, int at) {
        int first = der[at + 1] & 0xFF;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7F);
    }

    private static int length(byte[] der, int at) {
        int length = der[at + 1] & 0xFF;
        if (length < 0x80) {
            return length;
        }
        int value = 0;
        for (int i = 0; i < (length & 0x7F); i++) {
            value = value << 8 | der[at + 2 + i] & 0xFF;
        }
        return value;
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            // Keys are below 64 KB.
            byte[] size = content.length < 0x100
                    ? new byte[] {(byte) 0x81, (byte) content.length}
                    : new byte[] {(byte) 0x82, (byte) (content.length >> 8), (byte) content.length};
            out.writeBytes(size);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
