package io.dagshell.kernel.dependency.maven;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.MavenSystemHome;
import io.dagshell.kernel.dependency.DependencyException;
import java.io.File;
import java.nio.file.Path;
import org.apache.maven.settings.building.DefaultSettingsBuilderFactory;
import org.apache.maven.settings.building.DefaultSettingsBuildingRequest;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.jspecify.annotations.Nullable;

/** The settings' {@code <offline>}: the one of their elements that MIMA leaves to its caller. */
final class OfflineSetting {

    private OfflineSetting() {}

    static boolean of(Context context) {
        MavenSystemHome system = context.mavenSystemHome();
        DefaultSettingsBuildingRequest files = new DefaultSettingsBuildingRequest();
        files.setUserSettingsFile(existing(context.mavenUserHome().settingsXml()));
        files.setGlobalSettingsFile(system == null ? null : existing(system.settingsXml()));
        try {
            return new DefaultSettingsBuilderFactory()
                    .newInstance()
                    .build(files)
                    .getEffectiveSettings()
                    .isOffline();
        } catch (SettingsBuildingException broken) {
            throw DependencyException.wrong("", "settings.xml cannot be used: " + broken.getMessage());
        }
    }

    private static @Nullable File existing(@Nullable Path file) {
        return file == null || !file.toFile().isFile() ? null : file.toFile();
    }
}
