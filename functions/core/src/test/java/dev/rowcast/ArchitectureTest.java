package dev.rowcast;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.rowcast", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule coreKnowsNoFramework = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "io.vertx..", "io.smallrye..", "jakarta..", "javax..", "org.jboss..");

    @ArchTest
    static final ArchRule onlyTheModelKnowsTheRuntime = noClasses()
            .that()
            .resideOutsideOfPackage("dev.rowcast.model")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.onnxruntime..");

    @ArchTest
    static final ArchRule deliveryKnowsNoJson = noClasses()
            .that()
            .resideInAPackage("dev.rowcast.delivery")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml..", "dev.rowcast.model..", "dev.rowcast.change..");

    @ArchTest
    static final ArchRule noPackageIsInACircle =
            slices().matching("dev.rowcast.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule outcomeImportsNothingOfOurs = noClasses()
            .that()
            .resideInAPackage("dev.rowcast.outcome")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.rowcast..").and(not(resideInAPackage("dev.rowcast.outcome"))));

    @ArchTest
    static final ArchRule nothingIsLogged =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("java.util.logging..", "org.slf4j..");
}
