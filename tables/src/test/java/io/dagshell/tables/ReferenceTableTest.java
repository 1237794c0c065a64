package io.dagshell.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** The table of the reference job: NYC yellow taxi trips. */
class ReferenceTableTest {
    private static final String HEADER = "VendorID,tpep_pickup_datetime,tpep_dropoff_datetime,passenger_count,"
            + "trip_distance,RatecodeID,store_and_fwd_flag,PULocationID,DOLocationID,payment_type,fare_amount,extra,"
            + "mta_tax,tip_amount,tolls_amount,improvement_surcharge,total_amount,congestion_surcharge";
    private static final String[] TRIPS = {
        HEADER,
        "2,2021-01-01 00:00:01,2021-01-01 00:32:22,1,7.41,1,N,201,28,1,29,0,0.5,7.25,0,0.3,39.55,2.5",
        "2,2021-01-01 00:00:02,2021-01-01 00:07:12,0,0.69,1,Y,261,256,2,6,0.5,0.5,0,6.12,0.3,6.8,0",
        ",2021-01-31 23:59:48,2021-02-01 00:12:21,,2.15,,,252,181,,11.5,2.5,0.5,2.2,0,0.3,19,2.5"
    };

    /** The types of the reference table, said and not found: a stream then needs no sample. */
    static Schema schema() {
        return Tables.schema()
                .integer("vendorid")
                .timestamp("tpep_pickup_datetime", "tpep_dropoff_datetime")
                .integer("passenger_count")
                .decimal("trip_distance")
                .integer("ratecodeid")
                .text("store_and_fwd_flag")
                .integer("pulocationid", "dolocationid", "payment_type")
                .decimal("fare_amount", "extra", "mta_tax", "tip_amount", "tolls_amount", "improvement_surcharge")
                .decimal("total_amount", "congestion_surcharge")
                .build();
    }

    @TempDir
    Path folder;

    @Test
    void its_types_are_found_by_reading_and_by_streaming() throws IOException {
        Path file = CsvFiles.gzip(folder, TRIPS);
        assertThat(Schema.of(Tables.readCsv(file))).isEqualTo(schema());
        assertThat(Tables.stream(file, 2).schema()).isEqualTo(schema());
        assertThat(Schema.of(Tables.readCsv(file, schema()))).isEqualTo(schema());
    }

    @Test
    void trips_without_passengers_are_dropped_and_those_with_unknown_passengers_stay() throws IOException {
        Path file = CsvFiles.gzip(folder, TRIPS);
        Table trips = Tables.readCsv(file);
        Table clean = trips.where(trips.intColumn("passenger_count").isNotEqualTo(0));
        assertThat(clean.rowCount()).isEqualTo(2);
        assertThat(clean.intColumn("passenger_count").isMissing(1)).isTrue();
        assertThat(Tables.stream(file, 1)
                        .filter(chunk -> chunk.intColumn("passenger_count").isNotEqualTo(0))
                        .toTable()
                        .intColumn("vendorid")
                        .countMissing())
                .isEqualTo(1);
    }

    @Test
    void said_types_hold_where_a_sample_would_not_do() throws IOException {
        Path file =
                CsvFiles.gzip(folder, HEADER, TRIPS[1].replace("7.41", "7").replace("29,0,0.5", "29,0,1"), TRIPS[2]);
        assertThat(Schema.of(Tables.stream(file, 1, CsvOptions.defaults().withSchema(schema()))
                        .toTable()))
                .isEqualTo(schema());
        Path bad = CsvFiles.gzip(folder, HEADER, TRIPS[1], TRIPS[2].replace("6.12", "free"));
        assertThatThrownBy(() -> Tables.stream(bad, 1, CsvOptions.defaults().withSchema(schema()))
                        .toTable())
                .hasMessage(bad + ", line 3, column tolls_amount: \"free\" is not a number");
    }
}
