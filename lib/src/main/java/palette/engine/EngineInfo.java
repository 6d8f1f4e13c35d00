package palette.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.util.Arrays;
import java.util.List;

/** What stands under the models: the engine's name and version, its devices, the first of them. */
public record EngineInfo(String name, String version, List<String> devices, int gpus) {

  /** Copies the devices. */
  public EngineInfo {
    devices = List.copyOf(devices);
  }

  /** Asks the engine, which loads its native libraries (seconds at the very first time). */
  public static EngineInfo of() {
    var engine = Engine.getInstance();
    var devices = Arrays.stream(engine.getDevices()).map(EngineInfo::name).toList();
    return new EngineInfo(
        engine.getEngineName(), engine.getVersion(), devices, engine.getGpuCount());
  }

  private static String name(Device device) {
    return device.isGpu() ? "gpu " + device.getDeviceId() : device.getDeviceType();
  }
}
