package io.muster.ipc.codec;

/**
 * The first byte of every value: what it is and how the rest is laid out. This table is the format; a change here is a
 * change of {@link #FORMAT_VERSION}. Numbers are little-endian, counts and lengths are varints.
 */
final class Tags {
    /** For whoever keeps encodings longer than a process lives, to write beside them. */
    static final int FORMAT_VERSION = 1;

    // Scalars (Scalars). 0 is no tag: memory that was never written does not decode.
    static final int NULL = 1;
    static final int TRUE = 2;
    static final int FALSE = 3;
    static final int BYTE = 4;
    static final int SHORT = 5;
    static final int CHARACTER = 6;
    static final int INTEGER = 7;
    static final int LONG = 8;
    static final int FLOAT = 9;
    static final int DOUBLE = 10;
    static final int STRING = 11;
    static final int UUID = 12;
    static final int BIG_INTEGER = 13;
    static final int BIG_DECIMAL = 14;
    static final int PATH = 15;
    static final int PATH_URI = 16;
    static final int FILE = 17;
    static final int URI = 18;
    static final int DATE = 19;

    // Times (Times).
    static final int INSTANT = 21;
    static final int DURATION = 22;
    static final int LOCAL_DATE = 23;
    static final int LOCAL_TIME = 24;
    static final int LOCAL_DATE_TIME = 25;
    static final int OFFSET_DATE_TIME = 26;
    static final int OFFSET_TIME = 27;
    static final int ZONED_DATE_TIME = 28;
    static final int ZONE_OFFSET = 29;
    static final int ZONE_REGION = 30;
    static final int YEAR = 31;
    static final int YEAR_MONTH = 32;
    static final int MONTH_DAY = 33;
    static final int PERIOD = 34;

    // Arrays of primitives (PrimitiveArrays): count, elements.
    static final int BOOLEANS = 40;
    static final int BYTES = 41;
    static final int SHORTS = 42;
    static final int CHARS = 43;
    static final int INTS = 44;
    static final int LONGS = 45;
    static final int FLOATS = 46;
    static final int DOUBLES = 47;

    // Containers (Containers): 0x80 is added if nothing inside needs classes or code of the user.
    static final int PLAIN = 0x80;
    static final int OPTIONAL = 50;
    static final int OPTIONAL_INT = 51;
    static final int OPTIONAL_LONG = 52;
    static final int OPTIONAL_DOUBLE = 53;
    static final int STRING_ARRAY = 54;
    static final int OBJECT_ARRAY = 55;
    static final int TYPED_ARRAY = 56;
    static final int ARRAY_LIST = 60;
    static final int LINKED_LIST = 61;
    static final int ARRAY_DEQUE = 62;
    static final int ARRAYS_AS_LIST = 63;
    static final int LIST_OF = 64;
    static final int LIST_OF_NULLABLE = 65;
    static final int UNMODIFIABLE_LIST = 66;
    static final int UNMODIFIABLE_LINKED_LIST = 67;
    static final int EMPTY_LIST = 68;
    static final int SINGLETON_LIST = 69;
    static final int HASH_SET = 70;
    static final int LINKED_HASH_SET = 71;
    static final int TREE_SET = 72;
    static final int SET_OF = 73;
    static final int EMPTY_SET = 74;
    static final int SINGLETON_SET = 75;
    static final int HASH_MAP = 80;
    static final int LINKED_HASH_MAP = 81;
    static final int TREE_MAP = 82;
    static final int CONCURRENT_HASH_MAP = 83;
    static final int MAP_OF = 84;
    static final int EMPTY_MAP = 85;
    static final int SINGLETON_MAP = 86;
    static final int MAP_ENTRY = 87;
    static final int SIMPLE_ENTRY = 88;
    static final int IMMUTABLE_ENTRY = 89;

    // What names classes of the user: a definition (length, bytes), then what it is filled with.
    static final int CLASS = 100;
    static final int ENUM = 101;
    static final int RECORD = 102;
    static final int LAMBDA = 103;
    static final int LAMBDA_BY_ID = 104;
    static final int USER_CODEC = 105;
    static final int JAVA_SERIALIZATION = 106;

    // How the elements of a container are laid out (Sequences): one byte behind the count.
    static final int EACH_TAGGED = 0;
    static final int ALL_INTEGERS = 1;
    static final int ALL_LONGS = 2;
    static final int ALL_DOUBLES = 3;
    static final int ALL_STRINGS = 4;
    static final int ALL_BYTE_ARRAYS = 5;
    static final int ALL_ONE_RECORD = 6;

    private Tags() {}
}
