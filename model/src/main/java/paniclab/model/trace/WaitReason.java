package paniclab.model.trace;

/** Why a goroutine waits, spelled as Go prints it in a trace. */
public enum WaitReason {
  CHAN_RECEIVE("chan receive"),
  CHAN_SEND("chan send"),
  CHAN_RECEIVE_NIL("chan receive (nil chan)"),
  CHAN_SEND_NIL("chan send (nil chan)"),
  SELECT("select"),
  SELECT_NO_CASES("select (no cases)"),
  SLEEP("sleep"),
  SYNC_MUTEX_LOCK("sync.Mutex.Lock"),
  SYNC_RWMUTEX_LOCK("sync.RWMutex.Lock"),
  SYNC_RWMUTEX_RLOCK("sync.RWMutex.RLock"),
  SYNC_WAIT_GROUP_WAIT("sync.WaitGroup.Wait"),
  SYNC_COND_WAIT("sync.Cond.Wait"),
  SEMACQUIRE("semacquire"),
  IO_WAIT("IO wait"),
  COROUTINE("coroutine"),
  SYSCALL("syscall"),
  FINALIZER_WAIT("finalizer wait");

  private final String text;

  WaitReason(String text) {
    this.text = text;
  }

  /** The words between the brackets of a goroutine's header line. */
  public String text() {
    return text;
  }
}
