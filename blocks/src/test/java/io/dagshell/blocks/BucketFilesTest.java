package io.dagshell.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dagshell.tables.Tables;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BucketFilesTest {
    /** Of {@code 123456789}: the check value of CRC-32C, 0xE3069283, in base64. */
    private static final String CHECKSUM = "4waSgw==";

    private final AtomicInteger closed = new AtomicInteger();

    private InputStream object(String content) {
        return new CheckedObject(
                new ByteArrayInputStream(content.getBytes(StandardCharsets.US_ASCII)),
                CHECKSUM,
                closed::incrementAndGet);
    }

    @Test
    void an_object_with_its_checksum_is_read_to_its_end_and_its_client_ends() throws IOException {
        try (InputStream object = object("123456789")) {
            assertThat(object.read()).isEqualTo('1');
            assertThat(object.readAllBytes()).hasSize(8);
        }
        assertThat(closed).hasValue(1);
    }

    @Test
    void an_object_with_another_checksum_is_an_error_at_its_end() throws IOException {
        try (InputStream object = object("123456780")) {
            assertThatThrownBy(object::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the content does not have its checksum");
        }
    }

    @Test
    void an_address_that_names_no_object_says_how_to_write_one() {
        for (String address : new String[] {"gs://bucket", "gs://bucket/", "gs:bucket/x.csv", "gcs:/x.csv"}) {
            assertThatThrownBy(() -> Tables.readCsv(address))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no address of a file: " + address
                            + ": an object is gs://BUCKET/OBJECT, or gcs:BLOCK/OBJECT of a block");
        }
    }
}
