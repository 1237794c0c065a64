package io.dagshell.tables.parquet;

import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a leaf are, by its physical and logical type
 * (https://github.com/apache/parquet-format/blob/master/LogicalTypes.md).
 */
enum LeafKind {
    INT,
    SHORT,
    UNSIGNED_INT,
    LONG,
    UNSIGNED_LONG,
    FLOAT,
    DOUBLE,
    DECIMAL,
    BOOLEAN,
    TEXT,
    DATE,
    TIME,
    TIMESTAMP,
    INSTANT,
    INT96;

    /** The kind, or null for what a table has no column for. */
    static @Nullable LeafKind of(PrimitiveType type) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        if (logical instanceof DecimalLogicalTypeAnnotation) {
            return DECIMAL;
        }
        return switch (type.getPrimitiveTypeName()) {
            case INT32 -> ofInt(logical);
            case INT64 -> ofLong(logical);
            case INT96 -> INT96;
            case FLOAT -> FLOAT;
            case DOUBLE -> DOUBLE;
            case BOOLEAN -> BOOLEAN;
            case BINARY -> isText(logical) ? TEXT : null;
            case FIXED_LEN_BYTE_ARRAY -> null;
        };
    }

    private static @Nullable LeafKind ofInt(@Nullable LogicalTypeAnnotation logical) {
        if (logical instanceof IntLogicalTypeAnnotation whole) {
            if (!whole.isSigned() && whole.getBitWidth() == Integer.SIZE) {
                return UNSIGNED_INT;
            }
            boolean narrow = whole.isSigned() ? whole.getBitWidth() <= Short.SIZE : whole.getBitWidth() < Short.SIZE;
            return narrow ? SHORT : INT;
        }
        if (logical instanceof DateLogicalTypeAnnotation) {
            return DATE;
        }
        if (logical instanceof TimeLogicalTypeAnnotation) {
            return TIME;
        }
        return logical == null ? INT : null;
    }

    private static @Nullable LeafKind ofLong(@Nullable LogicalTypeAnnotation logical) {
        if (logical instanceof IntLogicalTypeAnnotation whole) {
            return whole.isSigned() ? LONG : UNSIGNED_LONG;
        }
        if (logical instanceof TimestampLogicalTypeAnnotation stamp) {
            return stamp.isAdjustedToUTC() ? INSTANT : TIMESTAMP;
        }
        if (logical instanceof TimeLogicalTypeAnnotation) {
            return TIME;
        }
        return logical == null ? LONG : null;
    }

    private static boolean isText(@Nullable LogicalTypeAnnotation logical) {
        // Old writers leave texts unmarked; what is not UTF-8 is refused when read.
        return logical == null
                || logical instanceof StringLogicalTypeAnnotation
                || logical instanceof EnumLogicalTypeAnnotation
                || logical instanceof JsonLogicalTypeAnnotation;
    }

    /** Units of a time or timestamp in a second. */
    static long perSecond(PrimitiveType type) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        LogicalTypeAnnotation.TimeUnit unit = logical instanceof TimeLogicalTypeAnnotation time
                ? time.getUnit()
                : logical instanceof TimestampLogicalTypeAnnotation stamp
                        ? stamp.getUnit()
                        : LogicalTypeAnnotation.TimeUnit.MILLIS;
        return switch (unit) {
            case MILLIS -> 1_000L;
            case MICROS -> 1_000_000L;
            case NANOS -> 1_000_000_000L;
        };
    }
}
