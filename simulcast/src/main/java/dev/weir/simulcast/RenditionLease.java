package dev.weir.simulcast;

/**
 * Where can a form of the stream be subscribed to, for as long as somebody needs it?
 *
 * <p>The form goes on being made while at least one lease is open. Thread-safe.
 */
public interface RenditionLease extends AutoCloseable {

    /** The frames of this form; the same object for all leases of one form while any is open. */
    PacketFanout fanout();

    /** Gives it back. May be called again. */
    @Override
    void close();
}
