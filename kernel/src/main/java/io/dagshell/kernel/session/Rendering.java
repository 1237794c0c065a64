package io.dagshell.kernel.session;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a value shows itself: an extension's way, or readable text. Runs user code ({@code toString}). */
final class Rendering {
    private final List<KernelExtension> extensions;

    Rendering(List<KernelExtension> extensions) {
        this.extensions = extensions;
    }

    /** A value that is shown as it says itself. */
    record Ready(Map<String, String> bundle) {}

    Map<String, String> render(Object value) {
        if (value instanceof Ready ready) {
            return ready.bundle();
        }
        for (KernelExtension extension : extensions) {
            Optional<Map<String, String>> bundle = extension.render(value);
            if (bundle.isPresent()) {
                return bundle.get();
            }
        }
        Map<String, String> bundle = new LinkedHashMap<>();
        bundle.put("text/plain", text(value));
        return bundle;
    }

    static String text(Object value) {
        if (!value.getClass().isArray()) {
            return String.valueOf(value);
        }
        String wrapped = Arrays.deepToString(new Object[] {value});
        return wrapped.substring(1, wrapped.length() - 1);
    }
}
