package io.dagshell.kernel.session;

import java.util.List;

/**
 * A cell as Java. Lines stay where they were; within a line, text may be blanked, inserted or appended.
 *
 * @param java the text JShell gets
 * @param spans parts of the Java text that stand in the original, in order; text outside any span was inserted
 */
public record TransformedCell(String java, List<Span> spans) {
    public TransformedCell {
        spans = List.copyOf(spans);
    }

    /** {@code length} UTF-16 units at {@code javaOffset} are the original's at {@code originalOffset}. */
    public record Span(int javaOffset, int originalOffset, int length) {}

    /** The text unchanged. */
    public static TransformedCell unchanged(String text) {
        return new TransformedCell(text, List.of(new Span(0, 0, text.length())));
    }

    /** Where the first part of the original that is in the Java text begins; before it stands a header. */
    int firstOriginal() {
        return spans.isEmpty() ? 0 : spans.get(0).originalOffset();
    }

    /** Where an offset of the original stands in the Java text; the nearest place if it was removed. */
    public int toJava(int originalOffset) {
        int best = java.length();
        for (Span span : spans) {
            if (originalOffset < span.originalOffset()) {
                return Math.min(best, span.javaOffset());
            }
            if (originalOffset <= span.originalOffset() + span.length()) {
                return span.javaOffset() + originalOffset - span.originalOffset();
            }
            best = span.javaOffset() + span.length();
        }
        return best;
    }

    /** Where an offset of the Java text stands in the original; the end of the span before it if it was inserted. */
    public int toOriginal(int javaOffset) {
        int best = 0;
        for (Span span : spans) {
            if (javaOffset < span.javaOffset()) {
                return best;
            }
            if (javaOffset <= span.javaOffset() + span.length()) {
                return span.originalOffset() + javaOffset - span.javaOffset();
            }
            best = span.originalOffset() + span.length();
        }
        return best;
    }
}
