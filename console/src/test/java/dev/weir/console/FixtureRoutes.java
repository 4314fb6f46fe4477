package dev.weir.console;

import dev.weir.console.FixtureShop.Answer;

/** What becomes of a changed route: one that says exec is wrong, one without its note loses money. */
final class FixtureRoutes {
    private static final String WRONGS = """
            [{"line":11,"place":"route.from.steps[0].to","value":"to","expected":"one of bean, setHeader, setBody"}]""";

    private FixtureRoutes() {}

    static Answer answer(String call, String body) {
        if (body.contains("exec")) {
            return call.endsWith("/validate")
                    ? new Answer(200, "{\"ok\":false,\"wrongs\":" + WRONGS + "}")
                    : new Answer(
                            422,
                            "{\"title\":\"That cannot be accepted\",\"status\":422,\"detail\":\"to\",\"wrongs\":"
                                    + WRONGS + "}");
        }
        return switch (call.replace("POST /api/routes", "")) {
            case "/validate" -> new Answer(200, "{\"ok\":true,\"wrongs\":[]}");
            case "/dry-run" -> new Answer(200, """
                    {"items":[{"route":"order-push","diff":"-         maxPollRecords: 200\\n+         maxPollRecords: 20\\n",
                     "verdict":{"messages":20,"differences":[{"message":"OrderPaid W-1","field":"orderSteps.note/order.total","before":"18.00 EUR","after":null}],
                     "blocks":["OrderPaid W-1: orderSteps.note/order.total is lost (was: 18.00 EUR)"]}}]}""");
            case "" -> new Answer(201, "{\"items\":[{\"version\":6}]}");
            case "/order-push/versions/4/approve" ->
                new Answer(
                        409,
                        "{\"title\":\"Not now\",\"status\":409,\"detail\":\"version 4 of route order-push: its author cannot approve it\"}");
            case "/order-push/versions/5/apply" -> new Answer(200, "{\"running\":5,\"refusal\":null}");
            case "/order-push/rollback" -> new Answer(200, "{\"running\":0,\"refusal\":null}");
            default -> new Answer(404, "{\"title\":\"Not found\",\"status\":404,\"detail\":\"" + call + "\"}");
        };
    }
}
