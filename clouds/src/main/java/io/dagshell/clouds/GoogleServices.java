package io.dagshell.clouds;

import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.storage.StorageOptions;
import io.dagshell.blocks.cloud.CloudException;
import io.dagshell.blocks.cloud.CloudServices;
import io.dagshell.blocks.cloud.GoogleAccess;
import io.dagshell.blocks.cloud.ObjectStore;
import io.dagshell.blocks.cloud.Warehouse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Clients with the credentials, project and address a block says. */
public final class GoogleServices implements CloudServices {
    private static final List<String> SCOPES = List.of("https://www.googleapis.com/auth/cloud-platform");

    @Override
    public ObjectStore bucket(GoogleAccess access, String bucket) throws CloudException {
        StorageOptions.Builder options = StorageOptions.newBuilder().setCredentials(credentials(access));
        access.project().ifPresent(options::setProjectId);
        access.endpoint().ifPresent(options::setHost);
        if (access.endpoint().isPresent() && access.project().isEmpty()) {
            options.setProjectId("none");
        }
        return new GoogleBucket(options.build(), bucket);
    }

    @Override
    public Warehouse warehouse(GoogleAccess access, String location) throws CloudException {
        BigQueryOptions.Builder options = BigQueryOptions.newBuilder().setCredentials(credentials(access));
        access.project().ifPresent(options::setProjectId);
        access.endpoint().ifPresent(options::setHost);
        if (!location.isEmpty()) {
            options.setLocation(location);
        }
        try {
            return new GoogleWarehouse(options.build());
        } catch (IllegalArgumentException noProject) {
            throw new CloudException(
                    true, "needs a project: set 'project' in the block or in its credentials", noProject);
        }
    }

    private static Credentials credentials(GoogleAccess access) throws CloudException {
        if (access.serviceAccount().isPresent()) {
            byte[] json = access.serviceAccount().get().getBytes(StandardCharsets.UTF_8);
            try {
                return ServiceAccountCredentials.fromStream(new ByteArrayInputStream(json))
                        .createScoped(SCOPES);
            } catch (IOException | RuntimeException unusable) {
                // its message may quote the key
                throw new CloudException(true, "cannot use the service account's key: it is not well-formed", null);
            }
        }
        if (access.endpoint().isPresent()) {
            return NoCredentials.getInstance();
        }
        try {
            return GoogleCredentials.getApplicationDefault().createScoped(SCOPES);
        } catch (IOException none) {
            throw new CloudException(
                    true,
                    "finds no credentials on this machine: name a block of type gcp-credentials in 'credentials', or run"
                            + " gcloud auth application-default login",
                    none);
        }
    }
}
