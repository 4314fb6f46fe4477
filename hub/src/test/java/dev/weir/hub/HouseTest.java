package dev.weir.hub;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.weir.connectors.ChannelProvider;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The drawing of the house as rules. A rule that matches nothing fails, so a renamed folder cannot silence one. */
@AnalyzeClasses(packages = "dev.weir", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {
    private static final List<String> FOLDERS =
            List.of("connectors", "simulcast", "reservation", "live", "orders", "checkout", "routes", "console", "hub");

    @ArchTest
    static final ArchRule arrows_go_down_only = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(false)
            .layer("connectors")
            .definedBy("dev.weir.connectors..")
            .layer("simulcast")
            .definedBy("dev.weir.simulcast..")
            .layer("reservation")
            .definedBy("dev.weir.reservation..")
            .layer("live")
            .definedBy("dev.weir.live..")
            .layer("orders")
            .definedBy("dev.weir.orders..")
            .layer("checkout")
            .definedBy("dev.weir.checkout..")
            .layer("routes")
            .definedBy("dev.weir.routes..")
            .layer("console")
            .definedBy("dev.weir.console..")
            .layer("hub")
            .definedBy("dev.weir.hub..")
            .whereLayer("hub")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("routes")
            .mayOnlyBeAccessedByLayers("hub")
            .whereLayer("console")
            .mayOnlyBeAccessedByLayers("hub")
            .whereLayer("checkout")
            .mayOnlyBeAccessedByLayers("routes", "hub")
            .whereLayer("orders")
            .mayOnlyBeAccessedByLayers("checkout", "routes", "hub")
            .whereLayer("live")
            .mayOnlyBeAccessedByLayers("orders", "checkout", "routes", "hub")
            .whereLayer("reservation")
            .mayOnlyBeAccessedByLayers("live", "orders", "checkout", "routes", "hub")
            .whereLayer("simulcast")
            .mayOnlyBeAccessedByLayers("live", "orders", "checkout", "routes", "hub");

    /** Channels are found by ServiceLoader, here as by the hub: nobody names one, and none knows more than what a channel is. */
    @ArchTest
    static void channels_stand_alone_whichever_there_are(JavaClasses house) {
        List<String> channels = ServiceLoader.load(ChannelProvider.class).stream()
                .map(provider -> provider.type().getPackageName() + "..")
                .toList();
        assertThat(channels).hasSizeGreaterThanOrEqualTo(5);
        for (String channel : channels) {
            noClasses()
                    .that(resideOutsideOfPackages(channel))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(channel))
                    .check(house);
            noClasses()
                    .that(resideInAnyPackage(channel))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage("dev.weir..")
                            .and(resideOutsideOfPackages(channel, "dev.weir.connectors..")))
                    .check(house);
        }
    }

    @ArchTest
    static final ArchRule folders_have_no_cycles =
            slices().matching("dev.weir.(*)..").should().beFreeOfCycles().allowEmptyShould(false);

    @ArchTest
    static final ArchRule only_routes_and_hub_know_camel_and_kafka = noClasses()
            .that(resideOutsideOfPackages("dev.weir.routes..", "dev.weir.hub.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.apache.camel..", "org.apache.kafka..", "kafka.."));

    @ArchTest
    static final ArchRule simulcast_knows_no_spring = noClasses()
            .that(resideInAnyPackage("dev.weir.simulcast.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.springframework.."));

    @ArchTest
    static final ArchRule internals_stay_inside =
            classes().that(resideInAnyPackage("dev.weir..internal..")).should(onlyBeUsedBy_theirOwnFolder());

    @ArchTest
    static final ArchRule public_faces_show_no_internals =
            classes().that(resideInAnyPackage("dev.weir.*")).and().arePublic().should(showNoInternalType());

    @Test
    void rulesNameEveryFolder_thatThereIs() {
        for (String folder : FOLDERS) {
            assertThat(getClass().getClassLoader().getResource("dev/weir/" + folder))
                    .as("package dev.weir.%s", folder)
                    .isNotNull();
        }
    }

    @Test
    void ruleThatMatchesNothing_fails() {
        ArchRule empty = noClasses()
                .that(DescribedPredicate.describe("live in no folder", (JavaClass c) -> false))
                .should()
                .bePublic();
        var none = new com.tngtech.archunit.core.importer.ClassFileImporter().importPackages("dev.weir.connectors");

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> empty.check(none)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("failed to check any classes");
    }

    private static String folder(JavaClass type) {
        String[] parts = type.getPackageName().split("\\.");
        return parts.length > 2 ? parts[2] : "";
    }

    private static ArchCondition<JavaClass> onlyBeUsedBy_theirOwnFolder() {
        return new ArchCondition<>("only be used by their own folder") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesToSelf().stream()
                        .filter(use -> use.getOriginClass().getPackageName().startsWith("dev.weir"))
                        .filter(use -> !folder(use.getOriginClass()).equals(folder(type)))
                        .forEach(use -> events.add(SimpleConditionEvent.violated(type, use.getDescription())));
            }
        };
    }

    private static ArchCondition<JavaClass> showNoInternalType() {
        return new ArchCondition<>("show no internal type in what others see") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getMethods().stream()
                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(method ->
                                method.getRawReturnType().getPackageName().contains(".internal")
                                        || method.getRawParameterTypes().stream()
                                                .anyMatch(
                                                        p -> p.getPackageName().contains(".internal")))
                        .forEach(method -> events.add(SimpleConditionEvent.violated(type, method.getFullName())));
            }
        };
    }
}
