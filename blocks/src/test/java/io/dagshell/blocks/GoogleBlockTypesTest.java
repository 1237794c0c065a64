package io.dagshell.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.dagshell.engine.block.BlockName;
import io.dagshell.engine.block.BlockSettings;
import io.dagshell.engine.block.BlockSource;
import io.dagshell.engine.block.BlockType;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GoogleBlockTypesTest {
    private static final String KEY = "{\"client_email\": \"robot@example.iam\", \"private_key\": \"TOP-SECRET\"}";

    private final BlockType bucket = new GcsBlockType();

    @Test
    void settings_that_are_missing_or_unknown_are_named() {
        assertThat(bucket.check(settings("gcs", Map.of("bukket", "b"))))
                .containsExactly(
                        "there is no setting 'bukket'; there are bucket, credentials, project, endpoint",
                        "the setting 'bucket' is missing: name of the bucket");
        assertThat(bucket.check(settings("gcs", Map.of("bucket", "gs://b", "credentials", "My Key"))))
                .containsExactly(
                        "the setting 'credentials' is the name of a block, such as gcp-credentials, not 'My Key'",
                        "the setting 'bucket' is a name alone, not 'gs://b'");
    }

    @Test
    void a_key_that_is_none_is_told_without_showing_it() {
        BlockType credentials = new GcpCredentialsBlockType();

        assertThat(credentials.check(settings("gcp-credentials", Map.of("service_account_json", KEY))))
                .containsExactly("service_account_json is no key of a service account: it has no token_uri");
        assertThat(credentials.check(settings("gcp-credentials", Map.of("service_account_json", "TOP-SECRET"))))
                .containsExactly("service_account_json is not JSON; give the whole text of the key file");
    }

    @Test
    void a_block_tells_the_credentials_it_uses() {
        assertThat(bucket.uses(settings("gcs", Map.of("bucket", "b", "credentials", "gcp-credentials"))))
                .contains(new BlockName("gcp-credentials"));
        assertThat(bucket.uses(settings("gcs", Map.of("bucket", "b")))).isEmpty();
    }

    @Test
    void credentials_that_are_not_there_or_of_another_type_are_named() {
        BlockSettings gcs = settings("gcs", Map.of("bucket", "b", "credentials", "gcp-credentials"));
        BlockSource other = name -> Optional.of(settings("secret", Map.of("value", "x")));

        assertThat(bucket.test(gcs, BlockSource.none()).message())
                .isEqualTo(
                        "The block 'test' names credentials 'gcp-credentials', but there is no such block. Set it with:"
                                + " dagshell block set gcp-credentials --type gcp-credentials service_account_json=-");
        assertThat(bucket.test(gcs, other).message())
                .isEqualTo(
                        "The block 'gcp-credentials' is of type secret, not gcp-credentials, as block 'test' needs.");
    }

    @Test
    void a_copy_without_googles_libraries_says_so() {
        assertThat(bucket.test(settings("gcs", Map.of("bucket", "b"))).message())
                .isEqualTo("the libraries of Google Cloud are not here: this copy of DagShell lacks lib/cloud");
    }

    private static BlockSettings settings(String type, Map<String, String> fields) {
        return BlockSettings.of(type, fields);
    }
}
