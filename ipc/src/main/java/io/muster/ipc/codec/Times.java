package io.muster.ipc.codec;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** The value types of {@code java.time}. */
final class Times {
    private Times() {}

    static final class Writer extends TypeWriter {
        private final int tag;

        Writer(int tag) {
            this.tag = tag;
        }

        @Override
        boolean yieldsToUserCodec() {
            return false;
        }

        @Override
        void write(ObjectCodec codec, CodecOutput out, Object value) {
            out.writeByte(tag);
            switch (tag) {
                case Tags.INSTANT -> writeInstant(out, (Instant) value);
                case Tags.DURATION -> writeDuration(out, (Duration) value);
                case Tags.LOCAL_DATE -> out.writeLong(((LocalDate) value).toEpochDay());
                case Tags.LOCAL_TIME -> out.writeLong(((LocalTime) value).toNanoOfDay());
                case Tags.LOCAL_DATE_TIME -> writeLocal(out, (LocalDateTime) value);
                case Tags.OFFSET_DATE_TIME -> writeOffset(out, (OffsetDateTime) value);
                case Tags.OFFSET_TIME -> writeOffsetTime(out, (OffsetTime) value);
                case Tags.ZONED_DATE_TIME -> writeZoned(out, (ZonedDateTime) value);
                case Tags.ZONE_OFFSET -> out.writeInt(((ZoneOffset) value).getTotalSeconds());
                case Tags.ZONE_REGION -> out.writeString(((ZoneId) value).getId());
                case Tags.YEAR -> out.writeInt(((Year) value).getValue());
                case Tags.YEAR_MONTH -> writeYearMonth(out, (YearMonth) value);
                case Tags.MONTH_DAY -> writeMonthDay(out, (MonthDay) value);
                default -> writePeriod(out, (Period) value);
            }
        }
    }

    private static void writeInstant(CodecOutput out, Instant instant) {
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
    }

    private static void writeDuration(CodecOutput out, Duration duration) {
        out.writeLong(duration.getSeconds());
        out.writeInt(duration.getNano());
    }

    private static void writeLocal(CodecOutput out, LocalDateTime time) {
        out.writeLong(time.toLocalDate().toEpochDay());
        out.writeLong(time.toLocalTime().toNanoOfDay());
    }

    private static void writeOffset(CodecOutput out, OffsetDateTime time) {
        writeLocal(out, time.toLocalDateTime());
        out.writeInt(time.getOffset().getTotalSeconds());
    }

    private static void writeOffsetTime(CodecOutput out, OffsetTime time) {
        out.writeLong(time.toLocalTime().toNanoOfDay());
        out.writeInt(time.getOffset().getTotalSeconds());
    }

    private static void writeZoned(CodecOutput out, ZonedDateTime time) {
        writeOffset(out, time.toOffsetDateTime());
        boolean region = !(time.getZone() instanceof ZoneOffset);
        out.writeBoolean(region);
        if (region) {
            out.writeString(time.getZone().getId());
        }
    }

    private static void writeYearMonth(CodecOutput out, YearMonth month) {
        out.writeInt(month.getYear());
        out.writeByte(month.getMonthValue());
    }

    private static void writeMonthDay(CodecOutput out, MonthDay day) {
        out.writeByte(day.getMonthValue());
        out.writeByte(day.getDayOfMonth());
    }

    private static void writePeriod(CodecOutput out, Period period) {
        out.writeInt(period.getYears());
        out.writeInt(period.getMonths());
        out.writeInt(period.getDays());
    }

    static Object read(int tag, CodecInput in) {
        return switch (tag) {
            case Tags.INSTANT -> Instant.ofEpochSecond(in.readLong(), in.readInt());
            case Tags.DURATION -> Duration.ofSeconds(in.readLong(), in.readInt());
            case Tags.LOCAL_DATE -> LocalDate.ofEpochDay(in.readLong());
            case Tags.LOCAL_TIME -> LocalTime.ofNanoOfDay(in.readLong());
            case Tags.LOCAL_DATE_TIME -> readLocal(in);
            case Tags.OFFSET_DATE_TIME -> OffsetDateTime.of(readLocal(in), readOffset(in));
            case Tags.OFFSET_TIME -> OffsetTime.of(LocalTime.ofNanoOfDay(in.readLong()), readOffset(in));
            case Tags.ZONED_DATE_TIME -> readZoned(in);
            case Tags.ZONE_OFFSET -> readOffset(in);
            case Tags.ZONE_REGION -> ZoneId.of(in.readString());
            case Tags.YEAR -> Year.of(in.readInt());
            case Tags.YEAR_MONTH -> YearMonth.of(in.readInt(), in.readByte());
            case Tags.MONTH_DAY -> MonthDay.of(in.readByte(), in.readByte());
            case Tags.PERIOD -> Period.of(in.readInt(), in.readInt(), in.readInt());
            default -> throw ObjectCodec.unknownTag(tag, in);
        };
    }

    private static LocalDateTime readLocal(CodecInput in) {
        return LocalDateTime.of(LocalDate.ofEpochDay(in.readLong()), LocalTime.ofNanoOfDay(in.readLong()));
    }

    private static ZoneOffset readOffset(CodecInput in) {
        return ZoneOffset.ofTotalSeconds(in.readInt());
    }

    /** The instant is what counts where the two sides have different time zone rules. */
    private static ZonedDateTime readZoned(CodecInput in) {
        LocalDateTime local = readLocal(in);
        ZoneOffset offset = readOffset(in);
        ZoneId zone = in.readBoolean() ? ZoneId.of(in.readString()) : offset;
        return ZonedDateTime.ofInstant(local, offset, zone);
    }
}
