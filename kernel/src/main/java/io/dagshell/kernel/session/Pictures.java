package io.dagshell.kernel.session;

import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Pictures as front ends take them. */
final class Pictures {
    private Pictures() {}

    static Rendered of(RenderedImage image) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory could not be written", impossible);
        }
        String text = image.getWidth() + " × " + image.getHeight() + " picture";
        return Rendered.of("image/png", Base64.getEncoder().encodeToString(png.toByteArray()), text);
    }

    /**
     * The bytes of a file of pictures.
     *
     * @throws IllegalArgumentException of a kind browsers do not show
     */
    static Rendered of(byte[] file) {
        String type = type(file);
        return Rendered.of(type, Base64.getEncoder().encodeToString(file), type + ", " + file.length + " bytes");
    }

    private static String type(byte[] file) {
        String start = new String(file, 0, Math.min(12, file.length), StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u0089PNG")) {
            return "image/png";
        }
        if (start.startsWith("\u00ff\u00d8\u00ff")) {
            return "image/jpeg";
        }
        if (start.startsWith("GIF8")) {
            return "image/gif";
        }
        if (start.startsWith("RIFF") && start.endsWith("WEBP")) {
            return "image/webp";
        }
        throw new IllegalArgumentException(
                "these " + file.length + " bytes are no PNG, JPEG, GIF or WebP picture; for SVG write svg(text)");
    }
}
