package dev.weir.checkout;

import dev.weir.checkout.PaymentResult.Status;
import dev.weir.connectors.RawWebhook;

/** The fake keeps the contract too, else tests against it would prove nothing. */
class FakeGatewayTest extends PaymentGatewayContract {
    private final FakeGateway gateway = new FakeGateway(new Deaths());

    @Override
    PaymentGateway gateway() {
        return gateway;
    }

    @Override
    void buyerPays(PaymentResult opened) {
        gateway.become(opened.reference(), Status.AUTHORISED);
    }

    @Override
    void buyerIsDeclined(PaymentResult opened) {
        gateway.become(opened.reference(), Status.REQUIRES_PAYMENT);
    }

    @Override
    void bankAsks(PaymentResult opened) {
        gateway.become(opened.reference(), Status.REQUIRES_ACTION);
    }

    @Override
    RawWebhook lastDelivery() {
        return gateway.deliveries.getLast();
    }
}
