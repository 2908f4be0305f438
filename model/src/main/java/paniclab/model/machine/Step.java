package paniclab.model.machine;

/** What a native did. */
public enum Step {
  /** It is done; its results are set. */
  DONE,
  /** The goroutine is parked; when it is woken the call is done. */
  BLOCK,
  /** The goroutine is parked; when it is woken the native is called again. */
  RETRY,
  /** Others may run first; when the goroutine has its turn again the call is done. */
  YIELD,
  /** Others may run first; then the native is called again. */
  AGAIN,
  /** The native has put other frames on the stack (Goexit). */
  SWITCH
}
