package dev.weir.bench.fire;

import java.io.IOException;

/** A hub as a process of its own, to be killed, paused and told a wrong time. */
final class HubMain {
    private HubMain() {}

    /** Serves until it is killed. */
    public static void main(String[] args) throws IOException {
        HubServer.run(HubArgs.parse(args), WeirShop::new);
    }
}
