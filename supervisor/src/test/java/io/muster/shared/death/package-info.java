/**
 * Real processes that die, stop or start at the worst moment while they use shared objects, and bad input.
 *
 * <p>Start at {@link io.muster.shared.death.HeldByTheDeadTest}. Which test shows which promise, here and elsewhere (tests named
 * {@code ...CrashTest} let a process die at each step of each operation; where only a class is named, all of it does):
 *
 * <pre>{@code
 *
 * An owner of anything dies
 *   lock: the next waiter gets it, is told who died; tokens rise
 *       LockDeathTest.whoWaitsForAnOwnerThatIsKilledGetsTheLockAndIsTold, anotherProcessThatWaitsIsWokenToo
 *       HeldByTheDeadTest
 *   lock: dying at any instruction, also while taking over
 *       SharedLockCrashTest, RobustLockCrashTest
 *   binary semaphore: taken over like a lock
 *       LockDeathTest.aSemaphoreIsReleasedByAnotherProcessAndTakenOverFromTheDead
 *       HeldByTheDeadTest
 *       SharedLockCrashTest.aHolderOfASemaphoreMayDieAnywhere
 *   read-write lock: a dead reader holds nobody up, a dead writer leaves it abandoned
 *       ReadWriteLockOfTheDeadTest.aKilledReaderHoldsNoWriterUp,
 *       aKilledWriterLeavesItAbandonedUntilAnotherHasWritten
 *       HeldByTheDeadTest
 *       ReadWriteLockCrashTest
 *   semaphore: permits held come back
 *       PermitsOfTheDeadTest.theyComeBackToWhoWaits
 *       HeldByTheDeadTest
 *       SemaphoreCrashTest
 *   semaphore: a waiter that dies in line is passed by
 *       PermitsOfTheDeadTest.aWaiterThatIsKilledInTheLineHoldsNobodyUp
 *   condition: a dead waiter is forgotten
 *       LockDeathTest.aWaiterThatIsKilledIsForgotten
 *   condition: a notification meant for it goes to exactly one other
 *       LockDeathTest.aNotificationForOneThatIsKilledGoesToAnother
 *       HeldByTheDeadTest
 *       SharedConditionCrashTest
 *   event: set() never blocks, others go
 *       ReadWriteLockOfTheDeadTest.anEventReachesAllThatLive
 *       HeldByTheDeadTest
 *       SimpleCrashTest
 *   barrier: broken by a party that dies waiting, before it comes, or in the action
 *       BarrierOfTheDeadTest.whoIsKilledWhileItWaitsBreaksIt, whoIsKilledBeforeItComesBreaksIt
 *       MeetingsTest.whoIsKilledInTheActionOfABarrierBreaksIt
 *       HeldByTheDeadTest
 *       BarrierCrashTest
 *   latch: no promise; what the dead counted is counted
 *       MeetingsTest.aLatchDoesNotKnowItsPartiesAndCountsOnlyWhatIsCounted
 *       SimpleCrashTest.aCountIsCountedOrNot
 *   map: the old value or the new one, size() exact, compute included
 *       MapProcessTest.whoIsKilledInsideAFunctionLeavesTheOldValueAndAMapThatGoesOn,
 *       sizeIsExactAfterADeathThatNobodyHasNoticedYet, writersThatAreKilledLeaveOldValuesOrNew
 *       HeldByTheDeadTest
 *       MapCrashTest
 *   list: all that was added and nothing half
 *       SharedListProcessTest.aKilledWriterLeavesAllThatItHasAddedAndNothingHalf, changesOfAllKindsSurviveKills
 *       HeldByTheDeadTest
 *       ListCrashTest
 *
 * Who sees it
 *   the parent reaps, and all wake
 *       HeldByTheDeadTest.whereTheParentSeesItDie
 *   its parent is dead
 *       HeldByTheDeadTest.whereItsParentHasDiedBeforeAndNobodyAnnouncesIt
 *       PermitsOfTheDeadTest.theyComeBackAlsoWhenNobodyAnnouncesTheDeath
 *   unrelated programs in a named place
 *       HeldByTheDeadTest.whereTheyAreProgramsThatKnowNothingOfEachOther
 *       ManagerProcessTest.whatAKilledProcessHeldIsFreeForTheNextProgram
 *   the root dies: all halt, nothing stays
 *       RootDeathTest.allHaltAndNothingStays, rootsKilledAgainAndAgainLeaveNoProcessAndNoFile
 *       ParentDeathTest
 *
 * Who is not dead
 *   stopped (SIGSTOP): never robbed, goes on unharmed
 *       HeldByTheDeadTest.whoIsMerelyStoppedGoesOnUnharmedAndGivesBackInOrder
 *       LockDeathTest.anOwnerThatIsStoppedIsNotRobbed
 *       PermitsOfTheDeadTest.whoIsStoppedIsNotRobbed
 *       ReadWriteLockOfTheDeadTest.aStoppedHolderIsWaitedFor
 *       BarrierOfTheDeadTest.whoIsStoppedIsWaitedFor
 *       MapProcessTest.whoIsStoppedInsideAFunctionIsNotRobbedAndReadersGoOn
 *       SharedListProcessTest.aStoppedWriterIsNotRobbedAndReadersGoOn
 *   stopped, and the object is closed
 *       HeldByTheDeadTest.closingIsNotHeldUpByOneThatIsStopped
 *   a pid that was used again
 *       NewcomersTest.aProcessUnderThePidOfTheDeadIsNotTakenForIt
 *       ProcWitnessTest.anotherProcessUnderTheSamePidIsNotIt
 *       PidNamespaceTest.samePidInAnotherNamespaceIsNotMistakenForTheDeadOne
 *   a process that starts while another dies
 *       NewcomersTest.whoStartsWhileAnOwnerDiesTakesOverFromItAndRobsNobodyWhoLives
 *       PlaceCrashTest.joinIntoTheSlotOfADeadPartyKilledAnywhereTellsEverybodyOfThatDeath
 *
 * Bad input
 *   truncated
 *       SegmentTest.fileCutAnywhereIsRefused, truncatedUnderItsUsersIsAnExceptionAndNoCrash
 *       SharedDataTest.aFileThatSomebodyTruncatesIsAClearErrorInTheOtherProcess
 *       ListFilesTest.damagedAndForeignFilesAreRefused
 *       NamedCellsTest.damagedFileIsRefusedAndNotListed
 *   overwritten
 *       MapDamageTest.overwrittenBytesGiveErrorsOrWrongValuesButNeverAHangOrACrash
 *       ListModelTest.overwrittenBytesAreAnErrorAndNoHang
 *       DamagedSyncTest
 *       RobustLockTest.bytesThatWereOverwrittenAreAnErrorAndNoHang
 *       SharedLockOwnTest.badArgumentsAndBytesAreRefused
 *   of another version or kind
 *       SegmentTest.otherVersionIsRefused, otherKindIsRefusedByName
 *       NamedCellsTest.otherTypesAndKindsAreRefusedAndBothAreNamed
 *       SharedArrayContract.aSegmentOfAnotherKindOrVersionOrCutShortIsRefused
 *       PlaceDirectoryTest.tableOfAnotherVersionIsRefused
 *   of another user
 *       PlaceDirectoryTest.foreignHandsAreRefusedByName, foreignTableIsRefusedByName
 *       BaseDirectoryTest.foreignHandsAreRefusedByName
 *   memory full at creation
 *       FullMemoryTest
 *       FullDirectoryTest
 *       LargeArrayTest.aFullDirectoryRefusesAnArrayAndKeepsTheOthers
 *       ManagerTest.whatHasNoRoomLeavesNothing
 *   memory full at growth
 *       FullMemoryTest
 *       MapDamageTest.aFullFileSystemFailsThePutAndLeavesTheMapWhole
 *       ListModelTest.withoutRoomToGrowTheListIsAsItWasAndCanStillShrink
 *   does not serialize
 *       SharedMapTest.aFunctionThatThrowsLeavesTheOldValueAndTheMapUsable,
 *       aKeyThatMayHaveOtherBytesIsRefusedAndNeverFound
 *       SharedListTest.whatCannotTravelIsRefusedAndChangesNothing
 *   does not deserialize, class missing
 *       MissingClassTest
 *       SharedMapTest.aValueThatCannotBeReadHereFailsThatReadOnly
 *       SharedListTest.whatCannotBeReadHereSaysSoAndStays
 *   use after close
 *       SharedMapTest.useAfterCloseIsAnError
 *       SharedListTest.closingTheMakersHandleEndsTheListForAll
 *       SharedLockOwnTest.closingTheLockEndsAllWaitsButNotTheHold
 *       LockDeathTest.closingReachesWaitersInOtherProcesses
 *       SharedSemaphoreTest.closingEndsAllWhoWait
 *       EventTest.closingEndsItForAll
 *       ReadWriteLockContractTest.closingEndsAllWhoWait
 *   a function that throws or re-enters
 *       SharedMapTest.aFunctionThatThrowsLeavesTheOldValueAndTheMapUsable, aFunctionMayReadTheMapButNotChangeIt
 *       SharedListTest.aFunctionThatThrowsChangesNothingAndHoldsNobodyUp, aFunctionMayUseTheListItself
 * }</pre>
 *
 * <p>Not here: what each type does while nobody dies.
 */
package io.muster.shared.death;
