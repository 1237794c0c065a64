package io.dagshell.kernel.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** Values as text of JSON. */
final class JsonText {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonText() {}

    /**
     * Text is JSON already.
     *
     * @throws IllegalArgumentException it is not, or the value cannot be written
     */
    static String of(Object value) {
        try {
            return value instanceof CharSequence text
                    ? MAPPER.readTree(text.toString()).toString()
                    : MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException notJson) {
            String where = notJson.getLocation() == null
                    ? ""
                    : " in line " + notJson.getLocation().getLineNr();
            throw new IllegalArgumentException(
                    "this is no JSON" + where + ": " + notJson.getOriginalMessage(), notJson);
        } catch (IOException impossible) {
            throw new IllegalStateException("text in memory", impossible);
        }
    }
}
