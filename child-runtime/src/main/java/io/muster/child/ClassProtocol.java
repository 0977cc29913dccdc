package io.muster.child;

/**
 * What a {@link ServedClassLoader} and the parent's class server say to each other over one connection.
 *
 * <pre>
 *   child, once     int MAGIC   32 ASCII bytes: the token
 *   child           byte request   u16 length   name in UTF-8
 *   parent, to CLASS and RESOURCE
 *                   int length   bytes             or int ABSENT
 *   parent, to ALL_RESOURCES
 *                   int count, then for each: int length   bytes
 *   parent, to any  int FAILED   u16 length   message in UTF-8
 * </pre>
 *
 * Numbers are big-endian. Whoever reads something else closes the connection.
 */
public final class ClassProtocol {
    /** First four bytes of a connection; the last digit is the version. */
    public static final int MAGIC = 0x4D43_4C01;

    /** Asks for a class by its binary name. */
    public static final int CLASS = 'C';

    /** Asks for the first resource of a name. */
    public static final int RESOURCE = 'R';

    /** Asks for all resources of a name that are on no path of the child. */
    public static final int ALL_RESOURCES = 'A';

    /** In place of a length: there is none. */
    public static final int ABSENT = -1;

    /** In place of a length or count: a message follows. */
    public static final int FAILED = -2;

    /** The largest class or resource that is served. */
    public static final int MAX_BYTES = 64 << 20;

    /** The most resources of one name that are served. */
    public static final int MAX_RESOURCES = 4096;

    private ClassProtocol() {}
}
