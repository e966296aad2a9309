package dev.rowcast;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

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
            .resideInAnyPackage("com.fasterxml..", "dev.rowcast.model");

    @ArchTest
    static final ArchRule nothingIsLogged =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("java.util.logging..", "org.slf4j..");
}
