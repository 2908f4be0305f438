package paniclab.kernel.worker;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.constant.ClassDesc;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Holds the classes of all cells. JShell gives every version of a class a name of its own. */
final class CellLoader extends URLClassLoader {
  private final Map<String, byte[]> waiting = new ConcurrentHashMap<>();
  private final Map<String, byte[]> all = new ConcurrentHashMap<>();
  private final Weaver weaver;

  CellLoader(ClassLoader parent) {
    super("cells", new URL[0], parent);
    weaver = new Weaver(this, ClassHierarchyResolver.ofResourceParsing(this::bytesOf));
  }

  private @Nullable InputStream bytesOf(ClassDesc name) {
    String descriptor = name.descriptorString();
    byte[] bytes = all.get(descriptor.substring(1, descriptor.length() - 1).replace('/', '.'));
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  /** Takes the bytes of a class, as the compiler made them; it is woven when it is first used. */
  void add(String name, byte[] bytes) {
    all.put(name, bytes);
    waiting.put(name, bytes);
  }

  /** Adds a jar or folder to what the cells can use. */
  void addPath(String path) {
    try {
      addURL(Path.of(path).toUri().toURL());
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("class path entry " + path + ": " + e.getMessage(), e);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = waiting.remove(name);
    if (bytes == null) {
      return super.findClass(name);
    }
    byte[] woven = weaver.weave(bytes);
    return defineClass(name, woven, 0, woven.length);
  }
}
