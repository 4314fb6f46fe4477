package dev.weir.hub.internal.connections;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;

/** May the hub be sent to this address? Keeps what users enter from reaching loopback and private ranges. */
public final class OutgoingAddresses {
    private final boolean allowPrivate;

    /** {@code allowPrivate} switches the check of ranges off, for demos and closed networks. */
    public OutgoingAddresses(boolean allowPrivate) {
        this.allowPrivate = allowPrivate;
    }

    /** Refuses with IllegalArgumentException unless {@code text} is an address of one of {@code schemes} we may call. */
    public URI check(String field, String text, Set<String> schemes) {
        URI uri = parse(field, text);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(java.util.Locale.ROOT);
        if (!schemes.contains(scheme) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    field + ": " + scheme + "://… (expected: an address with a host and one of "
                            + schemes.stream().sorted().toList() + ")");
        }
        if (!allowPrivate) {
            requirePublic(field, uri.getHost());
        }
        return uri;
    }

    private static URI parse(String field, String text) {
        try {
            // A stream key may hold characters that URI refuses; only what stands before the path matters here.
            int path = text.indexOf('/', text.indexOf("://") + 3);
            return URI.create(path < 0 ? text : text.substring(0, path) + "/");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(field + ": not an address (expected: scheme://host/…)", e);
        }
    }

    private static void requirePublic(String field, String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (address.isLoopbackAddress()
                        || address.isSiteLocalAddress()
                        || address.isLinkLocalAddress()
                        || address.isAnyLocalAddress()
                        || address.isMulticastAddress()
                        || uniqueLocal(address)) {
                    throw new IllegalArgumentException(
                            field + ": " + host + " (expected: a public address; private ones are switched off)");
                }
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(field + ": " + host + " (expected: a host that can be found)", e);
        }
    }

    private static boolean uniqueLocal(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean sharedV4 = bytes.length == 4 && (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
        return sharedV4 || (bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc);
    }
}
