package dev.weir.bench.rig;

import java.util.Locale;

/**
 * What did two processes and the machine under them do at one moment? Two of these make a share.
 *
 * @param server the process that is measured
 * @param client this process
 */
public record Load(ProcessUse server, ProcessUse client, Machine.Busy machine) {

    /** Now. */
    public static Load now(long serverPid) {
        return new Load(
                ProcessUse.of(serverPid), ProcessUse.of(ProcessHandle.current().pid()), Machine.busy());
    }

    /** The server's part since then. */
    public String server(Load before) {
        return use(server, before.server);
    }

    /** This process's part since then. */
    public String client(Load before) {
        return use(client, before.client);
    }

    /** The server's share of the whole machine since then, 0..1. */
    public double serverShare(Load before) {
        return server.coreShare(before.server) / Runtime.getRuntime().availableProcessors();
    }

    /** All of the machine since then. */
    public String machine(Load before) {
        return String.format(
                Locale.ROOT,
                "%.1f %% busy, of it %.1f %% the kernel's network work that is charged to no process",
                100 * machine.busyShare(before.machine),
                100 * machine.softirqShare(before.machine));
    }

    private static String use(ProcessUse now, ProcessUse before) {
        double share = now.coreShare(before);
        return String.format(
                Locale.ROOT,
                "%.1f %% of one core (%.1f %% of the machine), %d MB resident",
                100 * share,
                100 * share / Runtime.getRuntime().availableProcessors(),
                now.residentBytes() >> 20);
    }
}
