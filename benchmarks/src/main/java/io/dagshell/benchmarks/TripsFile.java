package io.dagshell.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * Made-up trips in the columns of the taxi months, the same for a seed: members of a gzip file of a million rows each, of which
 * files of any number are put together.
 */
final class TripsFile {
    static final int MEMBER_ROWS = 1_000_000;

    private static final String HEADER =
            "VendorID,tpep_pickup_datetime,tpep_dropoff_datetime,passenger_count,trip_distance,"
                    + "RatecodeID,store_and_fwd_flag,PULocationID,DOLocationID,payment_type,fare_amount,extra,mta_tax,tip_amount,"
                    + "tolls_amount,improvement_surcharge,total_amount,congestion_surcharge\n";
    private static final LocalDateTime START = LocalDateTime.of(2021, 1, 1, 0, 0);
    private static final int ZONES = 265;

    private final Path folder;
    private final List<Member> members;

    /**
     * A million rows.
     *
     * @param kept rows with passengers, or with none said
     * @param zones the sum of their pick-up zones
     */
    private record Member(Path file, long kept, long zones) {}

    private TripsFile(Path folder, List<Member> members) {
        this.folder = folder;
        this.members = members;
    }

    static TripsFile generate(Path folder, int members, long seed) {
        return new TripsFile(
                folder,
                IntStream.range(0, members)
                        .parallel()
                        .mapToObj(i -> member(folder.resolve("member-" + i), seed + i))
                        .toList());
    }

    private static Member member(Path file, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder row = new StringBuilder();
        long kept = 0;
        long zones = 0;
        try (OutputStream out = new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), 1 << 16)) {
            for (int i = 0; i < MEMBER_ROWS; i++) {
                int zone = 1 + random.nextInt(ZONES);
                int passengers = random.nextInt(100) < 2 ? 0 : 1 + random.nextInt(6);
                boolean told = random.nextInt(100) >= 7;
                row.setLength(0);
                trip(row, random, zone, told ? String.valueOf(passengers) : "");
                out.write(row.toString().getBytes(StandardCharsets.US_ASCII));
                if (!told || passengers != 0) {
                    kept++;
                    zones += zone;
                }
            }
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
        return new Member(file, kept, zones);
    }

    private static void trip(StringBuilder row, SplittableRandom random, int zone, String passengers) {
        LocalDateTime from = START.plusSeconds(random.nextInt(31 * 86_400));
        int fare = 250 + random.nextInt(5_000);
        int tip = random.nextInt(3) == 0 ? 0 : random.nextInt(1_000);
        row.append(1 + random.nextInt(2)).append(',');
        moment(row, from).append(',');
        moment(row, from.plusSeconds(60 + random.nextInt(3_600))).append(',');
        row.append(passengers).append(',');
        cents(row, random.nextInt(2_500)).append(",1,N,").append(zone).append(',');
        row.append(1 + random.nextInt(ZONES))
                .append(',')
                .append(1 + random.nextInt(4))
                .append(',');
        cents(row, fare).append(",0.5,0.5,");
        cents(row, tip).append(",0,0.3,");
        cents(row, fare + tip + 130).append(",2.5\n");
    }

    private static StringBuilder moment(StringBuilder row, LocalDateTime at) {
        two(row.append("2021-"), at.getMonthValue()).append('-');
        two(row, at.getDayOfMonth()).append(' ');
        two(row, at.getHour()).append(':');
        two(row, at.getMinute()).append(':');
        return two(row, at.getSecond());
    }

    private static StringBuilder cents(StringBuilder row, int cents) {
        return two(row.append(cents / 100).append('.'), cents % 100);
    }

    private static StringBuilder two(StringBuilder row, int value) {
        return row.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }

    /** A file of so many members behind a header. */
    Path of(int count) throws IOException {
        Path file = folder.resolve(String.format(Locale.ROOT, "trips-%d.csv.gz", count));
        try (OutputStream out = new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING))) {
            GZIPOutputStream header = new GZIPOutputStream(out);
            header.write(HEADER.getBytes(StandardCharsets.US_ASCII));
            header.finish();
            for (Member member : members.subList(0, count)) {
                Files.copy(member.file(), out);
            }
        }
        return file;
    }

    /** What the job leaves of so many members: rows, and the sum of their pick-up zones. */
    List<Long> expected(int count) {
        return Arrays.asList(
                members.subList(0, count).stream().mapToLong(Member::kept).sum(),
                members.subList(0, count).stream().mapToLong(Member::zones).sum());
    }
}
