package io.dagshell.clouds;

import com.google.cloud.RetryOption;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.Dataset;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobException;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobInfo.CreateDisposition;
import com.google.cloud.bigquery.JobInfo.WriteDisposition;
import com.google.cloud.bigquery.JobStatistics.LoadStatistics;
import com.google.cloud.bigquery.LoadJobConfiguration;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableDataWriteChannel;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableResult;
import com.google.cloud.bigquery.TimePartitioning;
import com.google.cloud.bigquery.WriteChannelConfiguration;
import io.dagshell.blocks.cloud.CloudException;
import io.dagshell.blocks.cloud.Warehouse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tables of a project. A load is a job whose id is made of its key: one that was begun before is waited for, one that failed
 * before is done anew under the next id (https://cloud.google.com/bigquery/docs/running-jobs#generate-jobid).
 */
final class GoogleWarehouse implements Warehouse {
    private static final RetryOption[] WAIT = {
        RetryOption.initialRetryDelayDuration(Duration.ofMillis(200)),
        RetryOption.maxRetryDelayDuration(Duration.ofSeconds(2)),
        RetryOption.retryDelayMultiplier(1.5),
        RetryOption.totalTimeoutDuration(Duration.ofHours(12))
    };

    private final BigQuery service;
    private final String project;
    private final @Nullable String location;
    private volatile @Nullable JobId running;

    GoogleWarehouse(BigQueryOptions options) {
        this.service = options.getService();
        this.project = options.getProjectId();
        this.location = options.getLocation();
    }

    private interface Submit {
        Job under(JobId id) throws IOException;
    }

    @Override
    public long load(Load load, Path parquet) throws CloudException {
        WriteChannelConfiguration.Builder how = WriteChannelConfiguration.newBuilder(
                        table(load), FormatOptions.parquet())
                .setCreateDisposition(CreateDisposition.CREATE_IF_NEEDED)
                .setWriteDisposition(disposition(load));
        if (!load.partitionedBy().isEmpty()) {
            how.setTimePartitioning(partitioning(load));
        }
        return load(load, id -> {
            TableDataWriteChannel channel = service.writer(id, how.build());
            try (OutputStream out = Channels.newOutputStream(channel)) {
                Files.copy(parquet, out);
            }
            return channel.getJob();
        });
    }

    @Override
    public long load(Load load, List<URI> objects) throws CloudException {
        LoadJobConfiguration.Builder how = LoadJobConfiguration.newBuilder(
                        table(load), objects.stream().map(URI::toString).toList(), FormatOptions.parquet())
                .setCreateDisposition(CreateDisposition.CREATE_IF_NEEDED)
                .setWriteDisposition(disposition(load));
        if (!load.partitionedBy().isEmpty()) {
            how.setTimePartitioning(partitioning(load));
        }
        return load(load, id -> service.create(JobInfo.of(id, how.build())));
    }

    private long load(Load load, Submit submit) throws CloudException {
        String missing = "has no data set " + load.dataset() + " in project " + project;
        try {
            for (int attempt = 0; ; attempt++) {
                JobId id = id(load.key(), attempt);
                Job before = service.getJob(id);
                try {
                    LoadStatistics statistics = wait(before == null ? submitted(submit, id) : before)
                            .getStatistics();
                    return statistics.getOutputRows() == null ? 0 : statistics.getOutputRows();
                } catch (BigQueryException failed) {
                    boolean failedBefore = before != null && failed.getError() != null;
                    if (!failedBefore) {
                        throw failed;
                    }
                }
            }
        } catch (BigQueryException refused) {
            throw Answers.told(refused, missing);
        } catch (IOException broken) {
            if (broken.getCause() instanceof BigQueryException refused) {
                throw Answers.told(refused, missing);
            }
            throw new CloudException(false, "lost the connection: " + Answers.message(broken), broken);
        }
    }

    /** A job that is there though its answer was lost, to this try or an earlier one, is the one that was asked for. */
    private Job submitted(Submit submit, JobId id) throws IOException {
        running = id;
        try {
            return submit.under(id);
        } catch (BigQueryException | IOException unanswered) {
            Job begun = service.getJob(id);
            if (begun == null) {
                throw unanswered;
            }
            return begun;
        }
    }

    /** @throws BigQueryException the job failed; the exception has its error */
    private Job wait(Job job) throws CloudException {
        try {
            Job ended = job.waitFor(WAIT);
            if (ended == null) {
                throw new CloudException(false, "lost job " + job.getJobId().getJob(), null);
            }
            if (ended.getStatus().getError() != null) {
                throw new BigQueryException(List.of(ended.getStatus().getError()));
            }
            return ended;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            cancel();
            throw new CloudException(
                    false, "was interrupted; job " + job.getJobId().getJob() + " is cancelled", stopped);
        } finally {
            running = null;
        }
    }

    /** The same for the same load in every process, another for each attempt that failed before. */
    private JobId id(String key, int attempt) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            String name = "dagshell_" + HexFormat.of().formatHex(digest, 0, 16) + "_" + attempt;
            return JobId.newBuilder()
                    .setJob(name)
                    .setProject(project)
                    .setLocation(location)
                    .build();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private TableId table(Load load) {
        return TableId.of(project, load.dataset(), load.table());
    }

    private static WriteDisposition disposition(Load load) {
        return load.disposition() == Disposition.TRUNCATE
                ? WriteDisposition.WRITE_TRUNCATE
                : WriteDisposition.WRITE_APPEND;
    }

    private static TimePartitioning partitioning(Load load) {
        return TimePartitioning.newBuilder(TimePartitioning.Type.DAY)
                .setField(load.partitionedBy())
                .build();
    }

    @Override
    public void query(String sql, int chunkRows, Rows rows) throws CloudException {
        JobId id = JobId.newBuilder()
                .setRandomJob()
                .setProject(project)
                .setLocation(location)
                .build();
        running = id;
        try {
            TableResult result = service.query(
                    QueryJobConfiguration.newBuilder(sql)
                            .setUseLegacySql(false)
                            .setMaxResults((long) chunkRows)
                            .build(),
                    id);
            AnsweredRows chunk = new AnsweredRows(result.getSchema());
            boolean given = false;
            for (FieldValueList row : result.iterateAll()) {
                chunk.add(row);
                if (chunk.size() == chunkRows) {
                    rows.take(chunk.take());
                    given = true;
                }
            }
            if (!given || chunk.size() > 0) {
                rows.take(chunk.take());
            }
        } catch (BigQueryException refused) {
            throw Answers.told(refused, "has no such thing: " + Answers.message(refused));
        } catch (JobException refused) {
            throw new CloudException(true, "refused the query: " + Answers.message(refused), refused);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            cancel();
            throw new CloudException(false, "was interrupted", stopped);
        } finally {
            running = null;
        }
    }

    @Override
    public String place(String dataset) throws CloudException {
        String missing = "has no data set " + dataset + " in project " + project;
        try {
            Dataset found = service.getDataset(dataset);
            if (found == null) {
                throw new CloudException(true, missing, null);
            }
            return "project " + project + ", "
                    + (found.getLocation() == null ? "location unknown" : found.getLocation());
        } catch (BigQueryException refused) {
            throw Answers.told(refused, missing);
        }
    }

    @Override
    public void cancel() {
        JobId job = running;
        if (job != null) {
            try {
                service.cancel(job);
            } catch (BigQueryException gone) {
                Thread.yield(); // it ended by itself, or cannot be reached: nothing more can be done from here
            }
        }
    }

    @Override
    public void close() {
        cancel();
    }
}
