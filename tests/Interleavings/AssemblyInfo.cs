// What the runtime has for the whole process is shared by all runs, and only one thread of a run goes on at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
