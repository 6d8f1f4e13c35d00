package palette.engine;

import ai.djl.Device;
import java.util.Arrays;
import java.util.List;

/** What stands under the models: the engine, the versions that decide results, its devices. */
public record EngineInfo(String name, String version, List<String> devices, int gpus) {

  /** Asks the engine, which loads its native libraries (seconds at the very first time). */
  public static EngineInfo of() {
    var engine = Natives.engine();
    var devices = Arrays.stream(engine.getDevices()).map(EngineInfo::name).toList();
    return new EngineInfo(engine.getEngineName(), Torch.version(), devices, engine.getGpuCount());
  }

  private static String name(Device device) {
    return device.isGpu() ? "gpu " + device.getDeviceId() : device.getDeviceType();
  }
}
