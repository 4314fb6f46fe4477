package dev.weir.bench.fire;

import java.util.List;

/** What is a hub's process told at its start? Lives in milliseconds. */
record HubArgs(int port, int postgresPort, int redisPort, long holdMillis, long payingMillis) {

    List<String> list() {
        return List.of("" + port, "" + postgresPort, "" + redisPort, "" + holdMillis, "" + payingMillis);
    }

    static HubArgs parse(String[] args) {
        return new HubArgs(
                Integer.parseInt(args[0]),
                Integer.parseInt(args[1]),
                Integer.parseInt(args[2]),
                Long.parseLong(args[3]),
                Long.parseLong(args[4]));
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + postgresPort + "/postgres?connectTimeout=2&socketTimeout=6";
    }
}
