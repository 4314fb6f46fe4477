package dev.weir.hub.internal.connections;

import dev.weir.connectors.Capability;
import dev.weir.connectors.CatalogueRead;
import dev.weir.connectors.Channel;
import dev.weir.connectors.ChannelException;
import dev.weir.connectors.Connection;
import dev.weir.connectors.Fault;
import dev.weir.connectors.WebhookVerdict;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a call whose access ended a moment ago? It is done again, once, with what {@link TokenKeeper#renewed} says; the caller
 * notices nothing. Wraps every port of every channel that can be consented to, those to come included, which is why it reflects.
 *
 * <p>A platform that refuses the access has done nothing, so that doing it again is safe. A reading that handed something out already is
 * not done again: its caller would get that twice.
 */
public final class RenewingChannels {
    private RenewingChannels() {}

    /** {@code channels} with their ports wrapped; those without {@link Capability#CONSENT} as they are. */
    public static Map<String, Channel> wrap(Map<String, Channel> channels, TokenKeeper keeper) {
        Map<String, Channel> wrapped = new LinkedHashMap<>();
        channels.forEach((name, channel) -> wrapped.put(
                name,
                channel.capabilities().contains(Capability.CONSENT)
                        ? proxy(Channel.class, (method, arguments) -> channel(channel, keeper, method, arguments))
                        : channel));
        return wrapped;
    }

    private interface Handler {
        @Nullable
        Object call(Method method, Object[] arguments) throws Throwable;
    }

    private static @Nullable Object channel(Channel channel, TokenKeeper keeper, Method method, Object[] arguments)
            throws Throwable {
        Object result = invoke(channel, method, arguments);
        boolean isPort = arguments.length == 1
                && arguments[0] instanceof Connection
                && method.getReturnType().isInterface()
                && method.getReturnType().getPackage() == Channel.class.getPackage();
        if (!isPort || result == null) {
            return result;
        }
        Connection used = (Connection) arguments[0];
        return proxy(method.getReturnType(), (call, values) -> {
            Watched watched = new Watched(values);
            try {
                return invoke(result, call, watched.arguments);
            } catch (ChannelException e) {
                Optional<Connection> renewed = isWorthARefresh(e, call) ? keeper.renewed(used) : Optional.empty();
                if (renewed.isEmpty() || watched.handedOut.get()) {
                    throw e;
                }
                Object port = invoke(channel, method, new Object[] {renewed.get()});
                return invoke(java.util.Objects.requireNonNull(port), call, values);
            }
        });
    }

    /** A signature is judged here, without the platform: whatever ails it, new access is no cure. */
    private static boolean isWorthARefresh(ChannelException e, Method call) {
        return e.fault() == Fault.UNAUTHORISED && call.getReturnType() != WebhookVerdict.class;
    }

    private static @Nullable Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? new UndeclaredThrowableException(e) : e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, Handler handler) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Object[] values = arguments == null ? new Object[0] : arguments;
                    if (method.getDeclaringClass() != Object.class) {
                        return handler.call(method, values);
                    }
                    return switch (method.getName()) {
                        case "equals" -> isSame(self, values[0]);
                        case "hashCode" -> System.identityHashCode(self);
                        default -> "Renewing[" + type.getSimpleName() + "]";
                    };
                }));
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Object self, @Nullable Object other) {
        return self == other;
    }

    /** Arguments of a call, those that things are handed to replaced by ones that notice. */
    private static final class Watched {
        private final AtomicBoolean handedOut = new AtomicBoolean();
        private final Object[] arguments;

        private Watched(Object[] values) {
            arguments = values.clone();
            for (int i = 0; i < arguments.length; i++) {
                if (arguments[i] instanceof Consumer<?> consumer) {
                    arguments[i] = watched(consumer);
                } else if (arguments[i] instanceof CatalogueRead.Sink sink) {
                    CatalogueRead.Sink watched = (listings, next) -> {
                        handedOut.set(true);
                        sink.page(listings, next);
                    };
                    arguments[i] = watched;
                }
            }
        }

        private <T> Consumer<T> watched(Consumer<T> consumer) {
            return item -> {
                handedOut.set(true);
                consumer.accept(item);
            };
        }
    }
}
